using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using MicroTrader.Simulators.Paper;
using MicroTrader.Trading212;

namespace MicroTrader.Contract.Tests;

/// <summary>A running paper broker on a virtual clock, its file in a temporary folder that goes away with it.</summary>
internal sealed class PaperBed : IAsyncDisposable
{
    public const string Key = "contract";
    public const string Secret = "tests";
    public const string Ticker = "AXSM_US_EQ";

    public static readonly DateTimeOffset Start = new(2026, 3, 2, 15, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder;

    private PaperBed(DirectoryInfo folder, FakeTimeProvider clock, PaperBrokerOptions options, PaperBroker broker)
    {
        _folder = folder;
        Clock = clock;
        Options = options;
        Broker = broker;
    }

    public FakeTimeProvider Clock { get; }

    public PaperBrokerOptions Options { get; }

    public PaperBroker Broker { get; }

    public static async Task<PaperBed> StartAsync(Func<PaperBrokerOptions, PaperBrokerOptions>? change = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("contract-");
        FakeTimeProvider clock = new(Start);
        PaperBrokerOptions options = new() { DatabasePath = Path.Combine(folder.FullName, "paper.db"), ApiKey = Key, ApiSecret = Secret, TimeProvider = clock, EnforceRateLimits = false };
        options = change?.Invoke(options) ?? options;
        try
        {
            return new PaperBed(folder, clock, options, await PaperBroker.StartAsync(options));
        }
        catch
        {
            folder.Delete(true);
            throw;
        }
    }

    /// <summary>HTTP Basic of this broker's key.</summary>
    public static AuthenticationHeaderValue Basic(string key, string secret) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key}:{secret}")));

    /// <summary>The real client. It keeps its time-outs by the machine's clock: only the venue's is virtual.</summary>
    public Trading212Client Client(Func<Trading212Options, Trading212Options>? change = null)
    {
        Trading212Options options = new() { BaseAddress = Broker.BaseAddress, ApiKey = Key, ApiSecret = Secret, ReadRetryCount = 0 };
        return new Trading212Client(change?.Invoke(options) ?? options);
    }

    /// <summary>Lets the venue fill what is due.</summary>
    public void PassFillDelay() => Clock.Advance(Options.FillDelay);

    public async ValueTask DisposeAsync()
    {
        await Broker.DisposeAsync();
        _folder.Delete(true);
    }
}
