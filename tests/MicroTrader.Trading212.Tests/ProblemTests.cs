using System.Text;

namespace MicroTrader.Trading212.Tests;

public sealed class ProblemTests
{
    private static readonly ProblemReader Reader = new(new SecretScrubber(new Trading212Options { BaseAddress = Trading212Environments.Demo, ApiKey = TestKeys.Key, ApiSecret = TestKeys.Secret }));

    [Theory]
    [InlineData("/api-errors/selling-equity-not-owned", "", ProblemReason.SellingEquityNotOwned)]
    [InlineData("/api-errors/insufficient-free-for-stocks-buy", "", ProblemReason.InsufficientFreeForStocksBuy)]
    [InlineData("/api-errors/insufficient-funds", "", ProblemReason.InsufficientFunds)]
    [InlineData("/api-errors/min-opened-position-exceeded", "must have opened position at least 1.00", ProblemReason.MinOpenedPositionExceeded)]
    [InlineData("/api-errors/something", "must trade at least 0.02330155", ProblemReason.MinimumQuantity)]
    [InlineData("/api-errors/instrument-not-found", "", ProblemReason.InstrumentNotFound)]
    [InlineData("/api-errors/entity-not-found", "", ProblemReason.EntityNotFound)]
    [InlineData("/api-errors/invalid-quantity-precision", "", ProblemReason.InvalidQuantityPrecision)]
    [InlineData("", "Invalid payload", ProblemReason.InvalidPayload)]
    [InlineData("InsufficientFreeForStocksBuy", "", ProblemReason.InsufficientFreeForStocksBuy)]
    [InlineData("/api-errors/brand-new", "something else", ProblemReason.Unrecognised)]
    public void A_problem_is_recognised_by_its_type_or_its_words(string type, string detail, ProblemReason reason) =>
        Assert.Equal(reason, Read(400, $$"""{"type":"{{type}}","title":"t","status":400,"detail":"{{detail}}"}""").Reason);

    [Theory]
    [InlineData("", "400 BadRequest", "")]
    [InlineData("{}", "400 BadRequest", "{}")]
    [InlineData("[]", "400 BadRequest", "[]")]
    [InlineData("null", "400 BadRequest", "null")]
    [InlineData("<html>\r\nno\r\n</html>", "400 BadRequest", "<html>  no  </html>")]
    [InlineData("""{"type":7,"title":null,"status":"x","detail":[1]}""", "400 BadRequest", """{"type":7,"title":null,"status":"x","detail":[1]}""")]
    [InlineData("""{"code":"X","clarification":"because"}""", "400 BadRequest", "because")]
    [InlineData("""{"detail":"\ud800"}""", "400 BadRequest", """{"detail":"\ud800"}""")]
    public void Whatever_comes_there_is_a_problem(string body, string title, string detail)
    {
        Problem problem = Read(400, body);

        Assert.Equal((title, 400, detail), (problem.Title, problem.Status, problem.Detail));
    }

    [Fact]
    public void A_long_answer_is_cut() => Assert.Equal(300, Read(400, new string('x', 10_000)).Detail.Length);

    [Fact]
    public void A_body_that_did_not_arrive_leaves_the_status() => Assert.Equal(new Problem("", "403 Forbidden", 403, "", ProblemReason.Unrecognised), Reader.Read(403, null));

    private static Problem Read(int status, string body) => Reader.Read(status, Encoding.UTF8.GetBytes(body));
}
