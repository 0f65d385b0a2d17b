using System.Globalization;
using System.Text.Json.Serialization;

namespace MicroTrader.Trading212;

/// <summary>How to reach the venue. Its text form and its JSON leave the key and the secret out.</summary>
public sealed record Trading212Options
{
    /// <summary>The address up to and with /api/v0, for example <see cref="Trading212Environments.Demo"/>. http is accepted on loopback, elsewhere only with <see cref="AllowUnencrypted"/>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>The API key: the user name of HTTP Basic. It must be set.</summary>
    [JsonIgnore]
    public string ApiKey { get; init; } = "";

    /// <summary>The API secret: the password of HTTP Basic. It must be set.</summary>
    [JsonIgnore]
    public string ApiSecret { get; init; } = "";

    /// <summary>Time for each attempt of a read, from start to the last byte, 10 ms to 1 h. Default 10 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for a write, from start to the last byte, 10 ms to 1 h. Default 10 s.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time to connect, TLS included, by the machine's clock, 10 ms to 1 h. Default 5 s: below the write's, so that a venue that cannot be reached is known as such.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an unused connection is kept, 0 to 1 h. Default 30 s: shorter than what servers keep, so that an order seldom meets a connection that is just being closed.</summary>
    public TimeSpan IdleConnectionTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a read that failed transiently (connection, time-out, 408, 5xx) is tried again, 0 to 5. Default 1. Each try uses up the endpoint's rate limit.</summary>
    public int ReadRetryCount { get; init; } = 1;

    /// <summary>The mean wait before the first retry of a read, jittered, doubled for each further one, 0 to 1 min. Default 250 ms.</summary>
    public TimeSpan ReadRetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>When reads stop asking.</summary>
    public ReadBreakerOptions ReadBreaker { get; init; } = new();

    /// <summary>Whether the system's proxy (HTTPS_PROXY and its like) is used; never on loopback. Default true.</summary>
    public bool UseSystemProxy { get; init; } = true;

    /// <summary>Whether http is accepted beyond loopback. Default false: the secret would travel in the clear.</summary>
    public bool AllowUnencrypted { get; init; }

    /// <summary>Says what is wrong, one line a setting; empty when nothing is. No line holds a secret.</summary>
    public IReadOnlyList<string> Flaws() => Trading212OptionsValidator.Flaws(this);

    /// <summary>The settings without the key and the secret.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Trading212Options {{ BaseAddress = {Trading212OptionsValidator.Shown(BaseAddress)}, ApiKey = ***, ApiSecret = ***, ReadTimeout = {ReadTimeout}, WriteTimeout = {WriteTimeout}, ConnectTimeout = {ConnectTimeout}, ReadRetryCount = {ReadRetryCount} }}");
}
