namespace MicroTrader.Dashboard;

/// <summary>Who may reach the pages and the control API.</summary>
public sealed record WebGate
{
    /// <summary>The fewest characters of a token: what is shorter could be guessed.</summary>
    public const int ShortestToken = 24;

    /// <summary>On loopback only, without a token.</summary>
    public static WebGate Loopback { get; } = new();

    /// <summary>Whether other machines can reach the host: then it also answers to addresses in digits and to <see cref="Hosts"/>.</summary>
    public bool IsReachable { get; init; }

    /// <summary>Further names that it answers to, without a port.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The token that whoever asks must show; null where none is needed. Never shown.</summary>
    public string? Token { get; init; }

    /// <summary>The largest request body, in bytes.</summary>
    public long LargestBody { get; init; } = 64 * 1024;

    /// <summary>Pages that may be open at the same time.</summary>
    public int MostPages { get; init; } = 24;

    /// <inheritdoc/>
    public override string ToString() => $"{(IsReachable ? "reachable" : "loopback")}, {(Token is null ? "no token" : "token")}";
}
