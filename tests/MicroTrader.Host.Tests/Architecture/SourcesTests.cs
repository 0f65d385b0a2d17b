using System.Text.RegularExpressions;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Architecture;

/// <summary>House rules that no compiler holds.</summary>
public sealed class SourcesTests
{
    private const int MostLines = 400;

    [Fact]
    public void No_source_file_is_longer_than_one_thing()
    {
        var files = Sources.Below(Repository.File("src")).Where(f => Path.GetExtension(f) is ".cs" or ".razor" or ".css").ToList();

        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.True(File.ReadLines(f).Count() <= MostLines, $"{f}: more than {MostLines} lines"));
    }

    [Fact]
    public void Versions_of_packages_stand_in_one_file()
    {
        var projects = Sources.Projects("src").Concat(Sources.Projects("tests")).Append(Repository.File("Directory.Build.props")).Append(Repository.File("Directory.Build.targets"));

        Assert.All(projects, p => Assert.All(Sources.Xml(p).Descendants("PackageReference"), r =>
        {
            Assert.True(r.Attribute("Version") is null && r.Attribute("VersionOverride") is null && r.Element("Version") is null, $"{p}: {r}");
        }));
        var versions = Sources.Xml(Repository.File("Directory.Packages.props"));
        Assert.Equal("true", versions.Descendants("ManagePackageVersionsCentrally").Single().Value);
        // A version, and neither a range nor a pattern that another day fills in otherwise.
        Assert.All(versions.Descendants("PackageVersion"), v => Assert.Matches(@"^\d+(\.\d+)+(-[\w.]+)?$", (string?)v.Attribute("Version")));
    }

    [Fact]
    public void No_file_names_a_place_on_somebodys_machine()
    {
        // In pieces, or this file would be the first to hold one.
        var places = new Regex("(?<![\\w.])/(" + "home|" + "root|" + "work|" + "Users)/\\w|\\b[A-Z]:\\\\" + "Users");

        Assert.NotEmpty(Sources.Tracked);
        Assert.All(Sources.Tracked.Where(IsText), f =>
        {
            var line = File.ReadLines(f).Select((text, i) => (text, i)).FirstOrDefault(l => places.IsMatch(l.text));
            Assert.True(line.text is null, $"{f} line {line.i + 1}: {line.text}");
        });
    }

    private static bool IsText(string path)
    {
        var start = new byte[4_096];
        using var file = File.OpenRead(path);
        var read = file.Read(start, 0, start.Length);
        return !start.AsSpan(0, read).Contains((byte)0);
    }
}
