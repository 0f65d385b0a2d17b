using BenchmarkDotNet.Running;
using MicroTrader.Benchmarks;

if (args is ["massive-soak"])
    return await MassiveSoak.RunAsync();
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
