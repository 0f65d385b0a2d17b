using MicroTrader.Domain.Robot;
using MicroTrader.Host.Alerts;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Alerts;

/// <summary>The one chat's commands, by long polling of a Bot API server on loopback.</summary>
public sealed class TelegramCommandsTests : IAsyncLifetime, IDisposable
{
    private readonly HeardLog _log = new();
    private FakeTelegram _telegram = null!;
    private FixedRobot _robot = new();
    private AlertCenter _center = null!;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async Task InitializeAsync() => _telegram = await FakeTelegram.StartAsync();

    public async Task DisposeAsync()
    {
        if (_center is not null)
            await _center.DisposeAsync();
        await _telegram.DisposeAsync();
    }

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Status_is_answered_with_the_mode()
    {
        _robot = new FixedRobot { Status = new FixedRobot().Status with { Blocked = [FixedRobot.Ambiguous] } };
        await ListenAsync();
        var answer = await AskAsync("/status");

        Assert.StartsWith("4242: [PRACTICE] Active (started)", answer);
        Assert.Contains("Open: AXSM x 1.5 (OPEN, bought at 157.125)", answer);
        Assert.Contains("NEEDS YOU: DJT AMBIGUOUS", answer);
        Assert.Empty(_robot.Told);
    }

    [Fact]
    public async Task Pause_stops_entries_at_once_and_a_group_s_way_of_writing_is_understood()
    {
        await ListenAsync();
        Assert.Contains("done as told", await AskAsync("/Pause@my_bot please"));

        Assert.Equal(["ExitOnly: paused by Telegram"], _robot.Told);
    }

    [Fact]
    public async Task Flatten_names_what_is_sold_and_does_nothing_before_a_second_message()
    {
        await ListenAsync();
        var asked = await AskAsync("/flatten");
        Assert.Contains("sells: AXSM x 1.5", asked);
        Assert.Contains("/flatten yes", asked);
        Assert.Empty(_robot.Told);

        Assert.Contains("done as told", await AskAsync("/flatten yes"));
        Assert.Equal(["flatten"], _robot.Told);

        // One yes is good for one time.
        Assert.Contains("Nothing waited for a yes", await AskAsync("/flatten yes"));
        Assert.Equal(["flatten"], _robot.Told);
    }

    [Fact]
    public async Task A_yes_that_nobody_asked_for_sells_nothing()
    {
        await ListenAsync();
        Assert.Contains("Nothing waited for a yes", await AskAsync("/flatten yes"));

        Assert.Empty(_robot.Told);
    }

    [Fact]
    public async Task Another_chat_is_ignored_and_logged_once()
    {
        await ListenAsync();
        foreach (var text in new[] { "/flatten", "/flatten yes", "/pause", "/status" })
            _telegram.Write(text, Now, chat: 666);
        Assert.Contains("/pause", await AskAsync("/help"));

        Assert.Single(_telegram.Sent);
        Assert.Equal(1, _log.Count(208));
        Assert.Contains("666", _log.Text);
        Assert.Empty(_robot.Told);
    }

    [Fact]
    public async Task What_was_written_before_the_start_is_not_carried_out_whatever_its_time_says()
    {
        _telegram.Write("/flatten", Now.AddDays(-1));
        _telegram.Write("/flatten yes", Now.AddDays(-1));
        // By a clock that is ahead of ours.
        _telegram.Write("/pause", Now.AddMinutes(2));
        await ListenAsync();
        Assert.Contains("Active", await AskAsync("/status"));

        Assert.Empty(_robot.Told);
        Assert.Single(_telegram.Sent);
        Assert.Equal(1, _log.Count(210));
    }

    [Fact]
    public async Task What_took_long_to_arrive_is_not_carried_out_and_said_so()
    {
        await ListenAsync();
        _telegram.Write("/pause", Now.AddMinutes(-10));
        await Eventually.TrueAsync(() => _telegram.Sent.Count == 1, "an answer");

        Assert.Contains("was sent a while ago and is not carried out", _telegram.Sent[0]);
        Assert.Empty(_robot.Told);
    }

    [Fact]
    public async Task A_robot_that_does_not_answer_is_said_so()
    {
        _robot = new FixedRobot { Silent = new HashSet<string> { "status", "state" } };
        await ListenAsync();

        Assert.Contains("The robot does not answer", await AskAsync("/status"));
        Assert.Contains("It may be done or not", await AskAsync("/pause"));
    }

    [Fact]
    public async Task What_is_no_command_is_left_alone_and_an_unknown_one_is_told_what_there_is()
    {
        await ListenAsync();
        _telegram.Write("good morning", Now);
        Assert.Contains("I do not know /buy", await AskAsync("/buy AXSM"));

        Assert.Single(_telegram.Sent);
        Assert.Empty(_robot.Told);
    }

    [Fact]
    public async Task No_commands_are_read_where_they_are_switched_off()
    {
        await using (var center = AlertCenterTests.Center(_log, TimeProvider.System, [.. AlertCenterTests.Telegram(_telegram), ("Alerts:Telegram:Commands", "false")]))
        {
            center.Attend(_robot, _robot);
            center.Notify(new RobotNotice(NoticeKind.HostStarted, null, null, "Started", Now));
        }

        Assert.Equal((0, 1), (_telegram.Polls, _telegram.Sent.Count));
    }

    private async Task ListenAsync()
    {
        _center = AlertCenterTests.Center(_log, TimeProvider.System, AlertCenterTests.Telegram(_telegram));
        _center.Attend(_robot, _robot);
        // The second question is the first that listens: the one before it forgets what is old.
        await Eventually.TrueAsync(() => _telegram.Polls >= 2, "it listens");
    }

    private async Task<string> AskAsync(string text)
    {
        var before = _telegram.Sent.Count;
        _telegram.Write(text, Now);
        await Eventually.TrueAsync(() => _telegram.Sent.Count > before, $"an answer to {text}");
        Assert.DoesNotContain("planted", _log.Text, StringComparison.OrdinalIgnoreCase);
        return _telegram.Sent[before];
    }
}
