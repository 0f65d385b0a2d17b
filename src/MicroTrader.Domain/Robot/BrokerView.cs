namespace MicroTrader.Domain.Robot;

/// <summary>How the robot stands with the broker.</summary>
/// <param name="Budgets">What may still be asked of it.</param>
/// <param name="OrdersUnderWay">Orders that are sent or followed.</param>
/// <param name="Waiting">Requests that wait for the budget.</param>
/// <param name="ClockOffsetMs">The broker's clock minus the robot's, in milliseconds; 0 where it is less than what can be seen.</param>
public sealed record BrokerView(IReadOnlyList<BudgetView> Budgets, int OrdersUnderWay, int Waiting, long ClockOffsetMs);

/// <summary>What may still be sent to one of the broker's endpoints.</summary>
/// <param name="Endpoint">Which, e.g. <c>PlaceOrder</c>.</param>
/// <param name="Remaining">Requests that may leave now.</param>
/// <param name="Limit">Requests that the broker allows in a period.</param>
/// <param name="PeriodSeconds">The period, in seconds.</param>
public sealed record BudgetView(string Endpoint, int Remaining, int Limit, double PeriodSeconds);
