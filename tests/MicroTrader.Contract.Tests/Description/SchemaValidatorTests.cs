namespace MicroTrader.Contract.Tests;

/// <summary>The validator itself, on a description small enough to see through: a validator that finds nothing would prove nothing.</summary>
public class SchemaValidatorTests
{
    private const string Yaml = """
        components:
          schemas:
            Thing:
              properties:
                at: { type: string, format: date-time }
                code: { type: string, minLength: 3, maxLength: 3 }
                id: { type: integer, format: int64 }
                count: { type: integer, format: int32 }
                ok: { type: boolean }
                parts:
                  items: { $ref: '#/components/schemas/Part' }
                  type: array
                price: { type: number }
                nextPagePath: { type: string }
              type: object
            Part:
              properties:
                side: { type: string, enum: [BUY, SELL] }
                tags: { type: array, uniqueItems: true, items: { type: string } }
                shares: { type: object, additionalProperties: { type: number } }
              type: object
            Odd:
              properties:
                id: { type: integer, multipleOf: 3 }
              type: object
        paths: {}
        """;

    private static readonly ApiDescription Api = ApiDescription.Parse(Yaml);

    [Fact]
    public void What_keeps_the_schema_has_no_violation()
    {
        const string json = """
            {"at":"2026-03-02T14:31:07.123Z","code":"USD","id":54250294524,"count":3,"ok":true,"price":1e2,"nextPagePath":null,
             "parts":[{"side":"BUY","tags":["a","b"],"shares":{"AAPL_US_EQ":0.5}},{}]}
            """;
        Assert.Empty(Violations(json, SchemaRules.Answer));
    }

    [Theory]
    [InlineData("""{"at":"2026-03-02"}""", "$.at")]
    [InlineData("""{"at":"2026-13-02T14:31:07Z"}""", "$.at")]
    [InlineData("""{"at":"2026-03-02T14:31:07"}""", "$.at")]
    [InlineData("""{"at":1772461867}""", "$.at")]
    [InlineData("""{"code":"US"}""", "$.code")]
    [InlineData("""{"code":"USDT"}""", "$.code")]
    [InlineData("""{"id":"1"}""", "$.id")]
    [InlineData("""{"id":1.0}""", "$.id")]
    [InlineData("""{"id":99999999999999999999}""", "$.id")]
    [InlineData("""{"count":54250294524}""", "$.count")]
    [InlineData("""{"ok":"true"}""", "$.ok")]
    [InlineData("""{"price":"1.5"}""", "$.price")]
    [InlineData("""{"price":null}""", "$.price")]
    [InlineData("""{"nextPagePath":7}""", "$.nextPagePath")]
    [InlineData("""{"parts":{}}""", "$.parts")]
    [InlineData("""{"parts":[{},{"side":"buy"}]}""", "$.parts[1].side")]
    [InlineData("""{"parts":[{"tags":["a","a"]}]}""", "$.parts[0].tags")]
    [InlineData("""{"parts":[{"shares":{"X":"1"}}]}""", "$.parts[0].shares.X")]
    [InlineData("""{"parts":[null]}""", "$.parts[0]")]
    [InlineData("""{"unheardOf":1}""", "$.unheardOf")]
    [InlineData("""{"id":1,"id":2}""", "$.id")]
    [InlineData("[]", "$")]
    [InlineData("", "$")]
    [InlineData("{", "$")]
    public void What_breaks_the_schema_is_one_violation_at_its_place(string json, string place)
    {
        string violation = Assert.Single(Violations(json, SchemaRules.Answer));
        Assert.StartsWith(place + ":", violation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_may_send_no_null_at_all() => Assert.Single(Violations("""{"nextPagePath":null}""", SchemaRules.Request));

    [Fact]
    public void A_promised_property_that_is_missing_is_a_violation()
    {
        SchemaRules rules = SchemaRules.Answer with { Required = new Dictionary<string, string[]> { ["Part"] = ["side"] } };
        Assert.Equal(["$.parts[1].side: missing"], Violations("""{"parts":[{"side":"BUY"},{}]}""", rules));
    }

    [Fact]
    public void A_keyword_that_the_validator_does_not_know_is_an_error_and_not_passed_over()
    {
        SchemaValidator validator = new(Api, SchemaRules.Answer);
        Assert.Throws<NotSupportedException>(() => validator.Validate("""{"id":4}""", Api.Schema("Odd")));
    }

    [Theory]
    [InlineData("Limited: 50 / 1m0s", 50, 60)]
    [InlineData("Limited: 1 / 5s", 1, 5)]
    public void A_limit_is_read_from_the_words_of_a_429(string words, int requests, int periodSeconds) => Assert.Equal(new ApiLimit(requests, periodSeconds), ApiLimit.Parse(words));

    private static IReadOnlyList<string> Violations(string json, SchemaRules rules) => new SchemaValidator(Api, rules).Validate(json, Api.Schema("Thing"));
}
