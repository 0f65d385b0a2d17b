namespace MicroTrader.Simulation.Core.Robot;

/// <summary>Tells its owner when a time has come; a later setting takes the place of an earlier one.</summary>
internal sealed class SimAlarm(SimRobot robot, SimActor owner)
{
    private long _number;

    public DateTimeOffset? Due { get; private set; }

    public void Set(DateTimeOffset? due)
    {
        if (due == Due)
            return;
        Due = due;
        var number = ++_number;
        if (due is { } at)
        {
            robot.Later(at, () =>
            {
                if (number == _number)
                    owner.Enqueue(new Rung(this, number));
            });
        }
    }

    /// <summary>Whether what rang is the present setting; it is over then.</summary>
    public bool Takes(Rung rung)
    {
        if (rung.Alarm != this || rung.Number != _number || Due is null)
            return false;
        Due = null;
        return true;
    }
}
