using System.Text.Json;
using System.Text.Json.Serialization;
using MicroTrader.Domain.Market;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Api;

/// <summary>The JSON of the control API and of <c>--json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RobotStatus))]
[JsonSerializable(typeof(TradingStateView))]
[JsonSerializable(typeof(IReadOnlyList<PositionView>))]
[JsonSerializable(typeof(IReadOnlyList<TradeView>))]
[JsonSerializable(typeof(IReadOnlyList<SymbolView>))]
[JsonSerializable(typeof(IReadOnlyList<OrderView>))]
[JsonSerializable(typeof(IReadOnlyList<DecisionView>))]
[JsonSerializable(typeof(IReadOnlyList<Candle>))]
[JsonSerializable(typeof(IReadOnlyList<LogLine>))]
[JsonSerializable(typeof(IReadOnlyList<ActorReport>))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(BrokerView))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class HostJson : JsonSerializerContext
{
    private static HostJson? _oneLine;

    /// <summary>The same in one line, as an event carries it.</summary>
    public static HostJson OneLine => _oneLine ??= new HostJson(new JsonSerializerOptions(Default.Options) { WriteIndented = false });
}
