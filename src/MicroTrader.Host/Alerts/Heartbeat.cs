using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Alerts;

/// <summary>Calls an address again and again, but only while the robot itself answers: whoever watches the calls notices a dead host and a hung robot alike.</summary>
internal sealed class Heartbeat(HttpClient client, Uri address, TimeSpan interval, IRobotQueries robot, SecretRedactor redactor, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private bool _failing;

    /// <summary>Beats until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (true)
        {
            // A beat that failed is made up for: one that is missing for a whole interval is an alarm elsewhere.
            var wait = await BeatAsync(stop) || interval < Soon ? interval : Soon;
            await Task.Delay(wait, time, stop);
        }
    }

    private async Task<bool> BeatAsync(CancellationToken stop)
    {
        try
        {
            // Within its own time-out, or not at all.
            await robot.StatusAsync(stop);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            await AlertHttp.SendAsync(client, request, redactor, stop);
            if (_failing)
                log.HeartbeatAgain();
            _failing = false;
            return true;
        }
        catch (Exception e) when (e is AlertFailedException or AlertRefusedException or TimeoutException)
        {
            if (!_failing)
                log.HeartbeatFails(redactor.Clean(e.Message));
            _failing = true;
            return false;
        }
    }
}
