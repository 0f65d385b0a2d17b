using System.Text.Json.Serialization;
using MicroTrader.Backtest.Reports;

namespace MicroTrader.Host.Cli;

/// <summary>The JSON of <c>backtest --json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BacktestSummary))]
internal sealed partial class BacktestJson : JsonSerializerContext;
