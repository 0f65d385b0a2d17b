return await MicroTrader.Host.Cli.Entrance.RunAsync(args, Console.Out, Console.Error);
