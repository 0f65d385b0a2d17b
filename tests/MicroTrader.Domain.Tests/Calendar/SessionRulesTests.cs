using MicroTrader.Domain.Calendar;

namespace MicroTrader.Domain.Tests.Calendar;

/// <summary>The borders of the session rules.</summary>
public sealed class SessionRulesTests
{
    [Fact]
    public void The_defaults_can_be_used()
    {
        var rules = new SessionRules();

        Assert.Empty(rules.Problems());
        Assert.True(rules.RegularOnly);
        Assert.Equal(
            (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2), TimeSpan.Zero),
            (rules.NoEntryBeforeClose, rules.FlatBeforeClose, rules.NoEntryAfterOpen));
    }

    [Theory]
    [InlineData("-00:00:01", "00:00:00", "00:00:00", "NoEntryBeforeClose")]
    [InlineData("02:00:01", "00:00:00", "00:00:00", "NoEntryBeforeClose")]
    [InlineData("00:05:00", "-00:00:01", "00:00:00", "FlatBeforeClose")]
    [InlineData("00:05:00", "00:05:01", "00:00:00", "FlatBeforeClose")]
    [InlineData("00:05:00", "00:02:00", "-00:00:01", "NoEntryAfterOpen")]
    [InlineData("00:05:00", "00:02:00", "02:00:01", "NoEntryAfterOpen")]
    public void What_is_impossible_is_named(string noEntry, string flat, string afterOpen, string name)
    {
        var problem = string.Join('|', Rules(noEntry, flat, afterOpen).Problems());

        Assert.StartsWith($"{name}: ", problem, StringComparison.Ordinal);
        Assert.Contains("is not allowed; 00:00:00 to ", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:00", "00:00:00", "00:00:00")]
    [InlineData("02:00:00", "02:00:00", "02:00:00")]
    public void The_borders_can_be_used(string noEntry, string flat, string afterOpen) => Assert.Empty(Rules(noEntry, flat, afterOpen).Problems());

    private static SessionRules Rules(string noEntry, string flat, string afterOpen) => new()
    {
        NoEntryBeforeClose = TimeSpan.Parse(noEntry),
        FlatBeforeClose = TimeSpan.Parse(flat),
        NoEntryAfterOpen = TimeSpan.Parse(afterOpen),
    };
}
