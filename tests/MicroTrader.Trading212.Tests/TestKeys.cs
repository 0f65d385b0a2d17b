namespace MicroTrader.Trading212.Tests;

internal static class TestKeys
{
    public const string Key = "key-7f3a91c2";
    public const string Secret = "secret-5b0d44e8";

    /// <summary>What HTTP Basic makes of them, worked out by another program: printf 'key-7f3a91c2:secret-5b0d44e8' | base64.</summary>
    public const string Token = "a2V5LTdmM2E5MWMyOnNlY3JldC01YjBkNDRlOA==";

    public static void AssertAbsent(string? text)
    {
        Assert.DoesNotContain(Key, text ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, text ?? "", StringComparison.Ordinal);
        Assert.DoesNotContain(Token, text ?? "", StringComparison.Ordinal);
    }
}
