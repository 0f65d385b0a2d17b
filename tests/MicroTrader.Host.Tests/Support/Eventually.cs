namespace MicroTrader.Host.Tests.Support;

/// <summary>Waits for what another thread does; a virtual clock moves on meanwhile where there is one.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what, MarketData.VirtualTimeProvider? clock = null)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            if (deadline.IsCancellationRequested)
                Assert.Fail($"waited in vain for: {what}");
            clock?.FireNext(clock.GetUtcNow() + TimeSpan.FromHours(1));
            await Task.Delay(2);
        }
    }
}
