using System.Text;

namespace MicroTrader.Simulators.Paper;

/// <summary>One account of a paper broker and the key that opens it.</summary>
public sealed record PaperAccountOptions
{
    /// <summary>User name of HTTP Basic; no colon, unique among the accounts.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Password of HTTP Basic. Never logged.</summary>
    public required string ApiSecret { get; init; }

    /// <summary>Account number, above 0, unique among the accounts.</summary>
    public required long AccountId { get; init; }

    /// <summary>Account currency (ISO 4217); books of another currency are refused.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Cash of a new account, in account currency. An existing one keeps its own cash.</summary>
    public decimal StartingCash { get; init; } = 100_000m;

    /// <summary>What the key may do; an endpoint outside answers 403.</summary>
    public PaperScopes Scopes { get; init; } = PaperScopes.All;

    // Records print every member; the key and the secret must not get into a log that way.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("AccountId = ").Append(AccountId).Append(", Currency = ").Append(Currency).Append(", Scopes = ").Append(Scopes);
        return true;
    }
}
