namespace MicroTrader.Simulation.Core;

/// <summary>The robot's process is gone at this very instruction: its memory is lost, the journal is kept.</summary>
internal sealed class RobotCrashed : Exception;
