using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;

namespace MicroTrader.Contract.Tests;

/// <summary>
/// Looks for API keys and secrets in text: what stands after "Authorization: Basic", long random-looking words on a line (or the line after one) that speaks of keys, values
/// of settings whose name says that they are secret, and the marks of well-known kinds of keys.
/// </summary>
internal static partial class KeyScanner
{
    // Trading 212's keys and secrets are longer than this; words that people make up are seldom.
    private const int ShortestToken = 20;
    private const int ShortestAssigned = 12;

    // A random word of letters and digits changes its kind at every second character; a CamelCase name at every fourth or fifth.
    private const double RandomChangeRate = 0.3;

    /// <summary>Everything in the text that looks like a key.</summary>
    public static IEnumerable<KeyFinding> Scan(string path, string text)
    {
        string[] lines = text.Split('\n');
        bool isSettings = SettingsFile().IsMatch(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            HashSet<string> found = [];
            foreach (Match match in KnownKind().Matches(line))
                Add(match.Value, "the mark of a known kind of key");
            foreach (Match match in BasicToken().Matches(line))
            {
                if (IsCredentials(match.Groups["token"].Value))
                    Add(match.Groups["token"].Value, "an HTTP Basic token that decodes to a user name and a password");
            }

            if (SecretWord().IsMatch(line) || (i > 0 && SecretWord().IsMatch(lines[i - 1])))
            {
                foreach (Match match in Token().Matches(line))
                {
                    if (LooksRandom(match.Value))
                        Add(match.Value, "a random-looking word where keys are spoken of");
                }
            }

            if (isSettings && Assigned().Match(line) is { Success: true } assigned && assigned.Groups["value"].Value is { Length: >= ShortestAssigned } value && value.Any(char.IsAsciiDigit))
                Add(value, "a value of a secret setting");
            foreach ((string what, string why) in Pairs(found))
                yield return new KeyFinding(path, i + 1, what, why);

            void Add(string what, string why) => found.Add(what + "\n" + why);
        }
    }

    private static IEnumerable<(string Text, string Why)> Pairs(HashSet<string> found) => found
        .Select(pair => pair.Split('\n'))
        .GroupBy(pair => pair[0])
        .Select(group => (group.Key, group.First()[1]));

    private static bool IsCredentials(string token)
    {
        byte[] bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(token.Length)];
        if (!Convert.TryFromBase64String(token, bytes, out int length))
            return false;
        string text = Encoding.UTF8.GetString(bytes, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon < text.Length - 1 && text.All(c => c is > ' ' and < '\u007f');
    }

    private static bool LooksRandom(string word)
    {
        // Without the separators: in a setting's name they stand at every word, in a key by chance.
        string letters = string.Concat(word.Where(char.IsAsciiLetterOrDigit));
        if (letters.Length < ShortestToken || letters.Count(char.IsAsciiDigit) < 2 || !letters.Any(char.IsAsciiLetter))
            return false;
        int changes = 0;
        for (int i = 1; i < letters.Length; i++)
        {
            if (Kind(letters[i]) != Kind(letters[i - 1]))
                changes++;
        }

        return changes >= RandomChangeRate * letters.Length && letters.Distinct().Count() >= 8;
    }

    private static int Kind(char c) => char.IsAsciiDigit(c) ? 0 : char.IsAsciiLetterUpper(c) ? 1 : 2;

    [GeneratedRegex(@"key|secret|token|password|passwd|credential|authorization|bearer", RegexOptions.IgnoreCase)]
    private static partial Regex SecretWord();

    [GeneratedRegex(@"[A-Za-z0-9+/_-]{20,}={0,2}")]
    private static partial Regex Token();

    [GeneratedRegex(@"\bBasic\s+(?<token>[A-Za-z0-9+/]{8,}={0,2})", RegexOptions.IgnoreCase)]
    private static partial Regex BasicToken();

    // A PEM key, AWS, GitHub, Slack, a JSON web token.
    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abp]-[A-Za-z0-9-]{20,}|\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}")]
    private static partial Regex KnownKind();

    [GeneratedRegex(@"(?:key|secret|token|password)[""']?\s*[=:]\s*[""']?(?<value>[^\s""',;<>{}$]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(?:^|/)(?:\.env[^/]*|[^/]*\.(?:json|ya?ml|toml|ini|conf|cfg|hocon|config|props|env|service|sh)|\.ci/[^/]*)$")]
    private static partial Regex SettingsFile();
}
