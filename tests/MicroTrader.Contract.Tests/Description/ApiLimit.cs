using System.Globalization;
using System.Text.RegularExpressions;

namespace MicroTrader.Contract.Tests;

/// <summary>An endpoint's rate limit.</summary>
internal sealed partial record ApiLimit(int Requests, int PeriodSeconds)
{
    /// <summary>Reads the description's words for a 429, for example "Limited: 50 / 1m0s" or "Limited: 1 / 5s".</summary>
    public static ApiLimit Parse(string words)
    {
        Match match = Words().Match(words);
        if (!match.Success)
            throw new FormatException($"'{words}' is no rate limit in the description's words.");
        int minutes = match.Groups["m"].Success ? Number(match.Groups["m"]) : 0;
        return new ApiLimit(Number(match.Groups["n"]), (minutes * 60) + Number(match.Groups["s"]));
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Limited: (?<n>\d+) / (?:(?<m>\d+)m)?(?<s>\d+)s$")]
    private static partial Regex Words();
}
