using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class SettingsReferenceTests
{
    [Fact]
    public void The_documented_settings_are_the_settings()
    {
        var document = File.ReadAllLines(Repository.File("docs", "configuration.md"));
        var rows = document.Where(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal) && line.Count(c => c == '|') == 5);

        // "check --reference" prints them anew.
        Assert.Equal(SettingsReference.Rows(), rows);
    }
}
