using System.Security.Cryptography;
using System.Text;
using Xunit.Abstractions;

namespace MicroTrader.Contract.Tests;

/// <summary>No key in the repository: this runs with every "dotnet test", and so in CI.</summary>
public class KeyScanTests
{
    private readonly ITestOutputHelper _output;

    public KeyScanTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public async Task No_file_of_the_repository_holds_anything_that_looks_like_a_key()
    {
        List<KeyFinding> findings = await ScanRepositoryAsync();
        string[] leaks = [.. findings.Where(finding => !KeyAllowance.All.Any(allowance => allowance.Covers(finding))).Select(finding => finding.ToString())];
        Assert.True(leaks.Length == 0, $"Revoke what is real (docs/trading212.md), and give what is not a reason in KeyAllowance:\n{string.Join('\n', leaks)}");
    }

    [Fact]
    public async Task Every_exception_has_a_reason_and_is_still_needed()
    {
        List<KeyFinding> findings = await ScanRepositoryAsync();
        Assert.All(KeyAllowance.All, allowance => Assert.True(allowance.Reason.Length >= 20, $"{allowance.Path}: a reason that a stranger can check"));
        Assert.Empty(KeyAllowance.All.Where(allowance => !findings.Any(allowance.Covers)).Select(allowance => $"{allowance.Path}: {allowance.Start}... is no longer found; take the exception out"));
    }

    [Fact]
    public async Task No_env_file_is_in_the_repository_and_the_example_has_no_value_for_a_key()
    {
        IReadOnlyList<string> files = await TrackedFiles.ListAsync();
        Assert.DoesNotContain(files, path => Path.GetFileName(path).StartsWith(".env", StringComparison.Ordinal) && Path.GetFileName(path) != ".env.example");
        foreach (string line in await File.ReadAllLinesAsync(Checkout.PathOf(".env.example")))
        {
            string[] parts = line.TrimStart('#', ' ').Split('=', 2);
            if (parts.Length == 2 && (parts[0].EndsWith("_KEY", StringComparison.Ordinal) || parts[0].EndsWith("_SECRET", StringComparison.Ordinal)))
                Assert.Equal((parts[0], ""), (parts[0], parts[1].Trim()));
        }
    }

    public static TheoryData<string, string> Leaks
    {
        get
        {
            // Made up at run time: written out, they would be findings in this very file.
            string random = Convert.ToBase64String(SHA256.HashData("a"u8.ToArray())).TrimEnd('=');
            string url = random.Replace('+', '-').Replace('/', '_');
            string hex = Convert.ToHexStringLower(SHA256.HashData("b"u8.ToArray()));
            string number = "24" + random[..8] + "ZqX" + random[8..30];
            string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes("28451903ZkQw:" + random[..20]));
            string dashes = new('-', 5);
            return new TheoryData<string, string>
            {
                { "docs/a.md", $"My API key is {url}." },
                { "src/A.cs", $"ApiSecret = \"{random}\"," },
                { "src/A.cs", $"// the secret:\n\"{hex}\"" },
                { ".env.example", $"TRADING212_API_KEY={number}" },
                { "appsettings.json", $"\"ApiKey\": \"{hex[..16]}\"" },
                { "docs/a.md", $"curl -H \"Authorization: Basic {basic}\"" },
                { "tests/A.cs", $"headers.Add(\"X\", \"basic {basic}\");" },
                { "deploy/id", $"{dashes}BEGIN RSA PRIVATE{" "}KEY{dashes}" },
                { "docs/a.md", "AKIA" + "ABCDEFGH12345678" },
                { ".ci/run", $"export TOKEN={random[..24]}1" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Leaks))]
    public void A_leaked_key_is_found_and_not_shown_whole(string path, string text)
    {
        KeyFinding finding = KeyScanner.Scan(path, text).First();
        Assert.True(finding.Text.Length >= 12);
        Assert.DoesNotContain(finding.Text, finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A.sln", "{0C9E5C6A-5C0E-4D0E-9B6A-3D1E6C3B2A10}.Debug|Any CPU.Build.0 = Debug|Any CPU")]
    [InlineData("src/A.cs", "public Task<ReadResult<HistoryPage<HistoricalOrder>>> GetOrderHistoryPagesAsync(CancellationToken cancellationToken)")]
    [InlineData("src/A.cs", "[\"TRADING212_DEMO_API_KEY\"] = \"Trading212:Demo:ApiKey\",")]
    [InlineData("docs/a.md", "Authorization: Basic <base64 of key:secret>")]
    [InlineData("docs/a.md", "curl -H \"Authorization: Basic $CREDENTIALS\"")]
    [InlineData("docs/a.md", "HTTP Basic authentication with the key as user name")]
    [InlineData(".env.example", "TRADING212_DEMO_API_KEY=")]
    [InlineData("appsettings.json", "\"ApiKey\": \"\",")]
    public void An_honest_line_is_no_finding(string path, string text) => Assert.Empty(KeyScanner.Scan(path, text));

    private async Task<List<KeyFinding>> ScanRepositoryAsync()
    {
        List<KeyFinding> findings = [];
        int scanned = 0;
        foreach (string path in await TrackedFiles.ListAsync())
        {
            FileInfo file = new(Checkout.PathOf(path));
            // Deleted and not committed yet, or a link that leads nowhere.
            if (!file.Exists)
                continue;
            byte[] bytes = await File.ReadAllBytesAsync(file.FullName);
            // A zero byte: a picture, an archive, no text.
            if (bytes.Contains((byte)0))
                continue;
            findings.AddRange(KeyScanner.Scan(path, Encoding.UTF8.GetString(bytes)));
            scanned++;
        }

        _output.WriteLine($"{scanned} files");
        Assert.True(scanned > 100, $"only {scanned} files were found");
        return findings;
    }
}
