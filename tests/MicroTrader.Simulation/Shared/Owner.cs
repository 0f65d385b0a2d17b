namespace MicroTrader.Simulation.Shared;

/// <summary>Who really placed an order: known to the simulation alone.</summary>
internal enum Owner
{
    Robot,
    Person,
    OtherProgram,
}
