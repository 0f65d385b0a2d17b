using Akka.Actor;
using MicroTrader.Actors.Messages;
using MicroTrader.Domain.Risk;

namespace MicroTrader.Actors.Tests.Support;

/// <summary>The real journal refuses to write (a trigger in its file says so), as a full disk would: the way to have an actor that journals fail and come back.</summary>
internal static class BrokenJournal
{
    /// <summary>From now on rows of which a condition holds are refused.</summary>
    public static void Refuse(RobotHarness robot, string when) =>
        RawJournal.Run(robot.JournalPath, $"CREATE TRIGGER refuse BEFORE INSERT ON journal WHEN {when} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");

    /// <summary>Every row is taken again.</summary>
    public static void Allow(RobotHarness robot) => RawJournal.Run(robot.JournalPath, "DROP TRIGGER refuse");

    /// <summary>Waits for the actor behind a back-off supervisor, asked directly and briefly: what is asked while it is away is answered by nobody.</summary>
    public static Task UntilBackAsync(RobotHarness robot, string name) => robot.EventuallyAsync(
        async () =>
        {
            try
            {
                var child = await robot.System.ActorSelection($"/user/robot/{name}/journaled").ResolveOne(TimeSpan.FromMilliseconds(200));
                await child.Ask<Domain.Robot.ActorReport>(new Report(), TimeSpan.FromMilliseconds(500));
                return true;
            }
            catch (Exception e) when (e is ActorNotFoundException or AskTimeoutException)
            {
                return false;
            }
        },
        $"{name} is back");

    /// <summary>Has risk fail at a write that it is told to make, and waits until it is back and grants again.</summary>
    public static async Task RestartRiskAsync(RobotHarness robot)
    {
        var failures = robot.Logs.Count(14);
        Refuse(robot, "NEW.persistence_id = 'risk'");
        robot.Supervisor.Tell(new SetTradingState(TradingState.Stopped, "not durable"), ActorRefs.NoSender);
        await robot.EventuallyAsync(() => robot.Logs.Count(14) > failures, "the failure is said");
        Allow(robot);
        await UntilBackAsync(robot, "risk");
        await robot.UntilReadyAsync();
    }
}
