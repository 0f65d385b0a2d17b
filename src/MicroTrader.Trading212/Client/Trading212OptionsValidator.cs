using System.Globalization;

namespace MicroTrader.Trading212;

/// <summary>Checks <see cref="Trading212Options"/> without ever repeating a secret.</summary>
internal static class Trading212OptionsValidator
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan HalfSecond = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    internal static List<string> Flaws(Trading212Options options)
    {
        List<string> flaws = [];
        AddAddressFlaws(flaws, options);
        AddSecretFlaws(flaws, nameof(options.ApiKey), options.ApiKey);
        AddSecretFlaws(flaws, nameof(options.ApiSecret), options.ApiSecret);
        // HTTP Basic ends the user name at the first colon (RFC 7617, section 2).
        if (options.ApiKey?.Contains(':', StringComparison.Ordinal) == true)
            flaws.Add("ApiKey contains a colon; allowed is a key as Trading 212 shows it, without the secret.");
        AddRangeFlaw(flaws, nameof(options.ReadTimeout), options.ReadTimeout, Shortest, Hour);
        AddRangeFlaw(flaws, nameof(options.WriteTimeout), options.WriteTimeout, Shortest, Hour);
        AddRangeFlaw(flaws, nameof(options.ConnectTimeout), options.ConnectTimeout, Shortest, Hour);
        AddRangeFlaw(flaws, nameof(options.IdleConnectionTimeout), options.IdleConnectionTimeout, TimeSpan.Zero, Hour);
        AddRangeFlaw(flaws, nameof(options.ReadRetryDelay), options.ReadRetryDelay, TimeSpan.Zero, Minute);
        if (options.ReadRetryCount is < 0 or > 5)
            flaws.Add($"ReadRetryCount is {options.ReadRetryCount}; allowed are 0 to 5.");
        AddBreakerFlaws(flaws, options.ReadBreaker);
        return flaws;
    }

    /// <summary>The address without a user name and password that somebody may have put into it.</summary>
    internal static string Shown(Uri? address) =>
        address is null ? "(none)" : address.IsAbsoluteUri ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "(not absolute)";

    private static void AddAddressFlaws(List<string> flaws, Trading212Options options)
    {
        Uri? address = options.BaseAddress;
        if (address is null || !address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            flaws.Add($"BaseAddress is {Shown(address)}; allowed is an absolute https address, for example {Trading212Environments.Demo}.");
        else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            flaws.Add($"BaseAddress {Shown(address)} carries a user name, query or fragment; allowed is scheme, host, port and path, the key belongs into ApiKey and ApiSecret.");
        else if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback && !options.AllowUnencrypted)
            flaws.Add($"BaseAddress {Shown(address)} is http, which would send the secret in the clear; allowed is https, http on loopback, or AllowUnencrypted = true.");
    }

    private static void AddSecretFlaws(List<string> flaws, string name, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            flaws.Add($"{name} is empty; allowed is the text that Trading 212 shows when the key is made.");
        else if (value.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            flaws.Add($"{name} contains white space or a control character; allowed is the text that Trading 212 shows when the key is made.");
    }

    private static void AddBreakerFlaws(List<string> flaws, ReadBreakerOptions? breaker)
    {
        if (breaker is null)
        {
            flaws.Add("ReadBreaker is null; allowed is a ReadBreakerOptions.");
            return;
        }

        if (!(breaker.FailureRatio is > 0 and <= 1))
            flaws.Add(string.Create(CultureInfo.InvariantCulture, $"ReadBreaker.FailureRatio is {breaker.FailureRatio}; allowed is above 0 up to 1."));
        if (breaker.MinimumThroughput < 2)
            flaws.Add($"ReadBreaker.MinimumThroughput is {breaker.MinimumThroughput}; allowed is 2 or more.");
        AddRangeFlaw(flaws, "ReadBreaker.SamplingDuration", breaker.SamplingDuration, HalfSecond, Day);
        AddRangeFlaw(flaws, "ReadBreaker.BreakDuration", breaker.BreakDuration, HalfSecond, Day);
    }

    private static void AddRangeFlaw(List<string> flaws, string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            flaws.Add($"{name} is {value}; allowed are {least} to {most}.");
    }
}
