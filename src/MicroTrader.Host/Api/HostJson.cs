using System.Text.Json.Serialization;
using MicroTrader.Domain.Robot;

namespace MicroTrader.Host.Api;

/// <summary>The JSON of the control API and of <c>--json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RobotStatus))]
[JsonSerializable(typeof(IReadOnlyList<PositionView>))]
[JsonSerializable(typeof(IReadOnlyList<TradeView>))]
[JsonSerializable(typeof(IReadOnlyList<SymbolView>))]
[JsonSerializable(typeof(IReadOnlyList<ActorReport>))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(ApiProblem))]
internal sealed partial class HostJson : JsonSerializerContext;
