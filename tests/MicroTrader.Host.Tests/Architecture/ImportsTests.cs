using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Architecture;

/// <summary>The lines of the design: who may know whom.</summary>
public sealed class ImportsTests
{
    private const string Prefix = "MicroTrader.";

    // As in docs/architecture.md. A project that is not named here may not be.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Domain"] = [],
        ["Trading212"] = [],
        ["Simulators"] = [],
        ["MarketData"] = ["Domain"],
        ["Dashboard"] = ["Domain"],
        ["Backtest"] = ["MarketData", "Domain"],
        ["Actors"] = ["Trading212", "MarketData", "Domain"],
        ["Host"] = ["Actors", "Backtest", "Dashboard", "Domain", "MarketData", "Simulators", "Trading212"],
    };

    private static readonly List<string> Names = [.. Sources.Projects("src").Select(p => Path.GetFileNameWithoutExtension(p)[Prefix.Length..])];

    public static TheoryData<string> Projects => new(Names);

    [Fact]
    public void Every_project_has_its_line() => Assert.All(Names, p => Assert.Contains(p, Allowed.Keys));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_what_it_may_alone(string project)
    {
        var references = Sources.Xml(Project(project)).Descendants("ProjectReference").Select(r => (string)r.Attribute("Include")!).ToList();

        // By the usual way, so that a reference cannot come in through another folder.
        Assert.All(references, r => Assert.Matches(@"^\.\./MicroTrader\.(\w+)/MicroTrader\.\1\.csproj$", r));
        Assert.All(references.Select(r => Path.GetFileNameWithoutExtension(r)[Prefix.Length..]), r => Assert.Contains(r, Allowed[project]));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void What_was_built_refers_to_what_it_may_alone(string project)
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, project == "Host" ? "microtrader.dll" : $"{Prefix}{project}.dll");
        // One that the host does not use is not beside it.
        if (!File.Exists(assembly))
        {
            Assert.DoesNotContain(Sources.Xml(Project("Host")).Descendants("ProjectReference"), r => ((string)r.Attribute("Include")!).Contains($"{Prefix}{project}/", StringComparison.Ordinal));
            return;
        }

        var ours = References(assembly).Where(r => r.StartsWith(Prefix, StringComparison.Ordinal)).Select(r => r[Prefix.Length..]);
        Assert.All(ours, r => Assert.Contains(r, Allowed[project]));
    }

    [Fact]
    public void The_domain_has_no_package_and_nothing_of_the_outside()
    {
        var project = Sources.Xml(Project("Domain"));

        Assert.Empty(project.Descendants("PackageReference"));
        Assert.Empty(project.Descendants("FrameworkReference"));
        Assert.Empty(project.Descendants("ProjectReference"));
        // Its assembly shows what it really uses: no file, no socket, no other process. A list expression is compiled to CollectionsMarshal, which is where
        // the runtime keeps it; nothing else of interop.
        var assembly = Path.Combine(AppContext.BaseDirectory, "MicroTrader.Domain.dll");
        Assert.All(TypesOf(assembly, "System.Runtime.InteropServices"), t => Assert.Equal("CollectionsMarshal", t));
        Assert.All(
            References(assembly).Where(r => r != "System.Runtime.InteropServices"),
            r => Assert.Matches(@"^System\.(Runtime|Collections|Linq|Memory|ObjectModel|Collections\.Immutable|Text\.RegularExpressions|Runtime\.Extensions)$", r));
    }

    [Theory]
    [InlineData("Domain")]
    [InlineData("Actors")]
    public void Clocks_and_blocking_calls_are_forbidden_to_the_compiler(string project)
    {
        Assert.Equal("true", Sources.Xml(Project(project)).Descendants("BannedApis").Single().Value);

        var targets = Sources.Xml(Repository.File("Directory.Build.targets"));
        var group = targets.Descendants("ItemGroup").Single(g => ((string?)g.Attribute("Condition"))?.Contains("$(BannedApis)", StringComparison.Ordinal) == true);
        Assert.Equal("Microsoft.CodeAnalysis.BannedApiAnalyzers", (string?)group.Element("PackageReference")?.Attribute("Include"));
        Assert.EndsWith("src/BannedSymbols.txt", (string?)group.Element("AdditionalFiles")?.Attribute("Include"));
        var banned = File.ReadAllText(Repository.File("src", "BannedSymbols.txt"));
        foreach (var name in new[] { "System.DateTime.UtcNow", "System.DateTimeOffset.UtcNow", "System.Threading.Thread.Sleep", "System.Threading.Tasks.Task.Wait", "Task`1.Result" })
            Assert.Contains(name, banned);
        Assert.Contains("dotnet_diagnostic.RS0030.severity = error", File.ReadAllText(Repository.File(".editorconfig")));
    }

    private static string Project(string name) => Repository.File("src", Prefix + name, $"{Prefix}{name}.csproj");

    private static List<string> References(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    // The types that an assembly uses of another.
    private static List<string> TypesOf(string assembly, string other)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.TypeReferences
                .Select(metadata.GetTypeReference)
                .Where(t => t.ResolutionScope.Kind == HandleKind.AssemblyReference
                    && metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)t.ResolutionScope).Name) == other)
                .Select(t => metadata.GetString(t.Name)),
        ];
    }
}
