using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using MicroTrader.Trading212;
using Xunit.Abstractions;
using YamlDotNet.RepresentationModel;

namespace MicroTrader.Contract.Tests;

/// <summary>The client's wire records and enums against the schemas: nothing that the venue says is lost, and nothing is made up.</summary>
public class WireShapeTests
{
    private static readonly Dictionary<string, Type> Records = new()
    {
        ["AccountSummary"] = typeof(AccountSummary),
        ["Cash"] = typeof(AccountCash),
        ["Investments"] = typeof(AccountInvestments),
        ["Order"] = typeof(Order),
        ["Instrument"] = typeof(Instrument),
        ["Position"] = typeof(Position),
        ["PositionWalletImpact"] = typeof(PositionWalletImpact),
        ["HistoricalOrder"] = typeof(HistoricalOrder),
        ["Fill"] = typeof(Fill),
        ["FillWalletImpact"] = typeof(FillWalletImpact),
        ["Tax"] = typeof(Tax),
        ["HistoryDividendItem"] = typeof(DividendItem),
        ["HistoryTransactionItem"] = typeof(TransactionItem),
        ["TradableInstrument"] = typeof(TradableInstrument),
        ["Exchange"] = typeof(Exchange),
        ["WorkingSchedule"] = typeof(WorkingSchedule),
        ["TimeEvent"] = typeof(TimeEvent),
        ["PaginatedResponseHistoricalOrder"] = typeof(HistoryPage<HistoricalOrder>),
        ["PaginatedResponseHistoryDividendItem"] = typeof(HistoryPage<DividendItem>),
        ["PaginatedResponseHistoryTransactionItem"] = typeof(HistoryPage<TransactionItem>),
    };

    private readonly ITestOutputHelper _output;

    public WireShapeTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Every_property_of_the_description_is_in_the_clients_records_and_no_other()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        foreach ((string schema, Type record) in Records)
        {
            IEnumerable<string> described = ApiDescription.Entries(Properties(api, schema)).Select(entry => entry.Key);
            Assert.Equal((schema, string.Join(' ', described.Order(StringComparer.Ordinal))), (schema, string.Join(' ', OnWire(record).Keys.Order(StringComparer.Ordinal))));
        }
    }

    [Fact]
    public void Every_word_of_the_descriptions_enums_is_known_to_the_client_and_no_other()
    {
        if (ApiDescription.OrSkip(_output) is not { } api)
            return;
        int compared = 0;
        foreach ((string schema, Type record) in Records)
        {
            foreach ((string name, YamlNode node) in ApiDescription.Entries(Properties(api, schema)))
            {
                YamlMappingNode property = Resolved(api, (YamlMappingNode)node);
                Type type = Nullable.GetUnderlyingType(OnWire(record)[name]) ?? OnWire(record)[name];
                // A dividend's type is kept as the venue's word: about eighty of them, of no use to a program one by one.
                if (ApiDescription.Child(property, "enum") is not YamlSequenceNode words || type == typeof(string))
                {
                    Assert.False(type.IsEnum, $"{schema}.{name} is an enum in the client and none in the description.");
                    continue;
                }

                object[] read = [.. words.Children.Select(word => JsonSerializer.Deserialize($"\"{((YamlScalarNode)word).Value}\"", type)!)];
                Assert.DoesNotContain(Activator.CreateInstance(type)!, read);
                Assert.Equal(Enum.GetValues(type).Length - 1, read.Distinct().Count());
                compared++;
            }
        }

        Assert.Equal(12, compared);
    }

    private static YamlMappingNode Properties(ApiDescription api, string schema) => (YamlMappingNode)api.Schema(schema)["properties"];

    private static YamlMappingNode Resolved(ApiDescription api, YamlMappingNode node) =>
        ApiDescription.Text(node, "$ref") is { } reference ? api.Schema(reference.Split('/')[^1]) : node;

    private static Dictionary<string, Type> OnWire(Type record) => record
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
        .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name), property => property.PropertyType);
}
