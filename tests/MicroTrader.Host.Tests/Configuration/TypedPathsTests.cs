using System.Collections;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Running;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

/// <summary>A relative path is meant from where it was said.</summary>
public sealed class TypedPathsTests
{
    [Fact]
    public void What_is_typed_is_meant_from_where_it_is_typed_and_what_a_file_says_from_the_settings_folder()
    {
        using var settings = new TempFolder();
        using var working = new TempFolder();
        File.WriteAllText(settings.File("appsettings.json"), """{ "Journal": { "Folder": "journals" }, "Feed": { "Kind": "replay", "Data": "a.csv, b" } }""");
        File.WriteAllText(settings.File(".env"), "Log__Folder=written");

        var said = Load();
        Assert.Equal(settings.File("journals"), RunFolders.Root(settings.Path, said));
        Assert.Equal(["a.csv", "b"], RunPlanner.Plan(said).Data);
        Assert.Equal("written", said.Log.Folder);

        var typed = Load(("journal:folder", "journals"), ("Feed:Data", "a.csv, ../b"), ("Log:Folder", "./logs"));
        Assert.Equal(working.File("journals"), RunFolders.Root(settings.Path, typed));
        Assert.Equal([working.File("a.csv"), Path.GetFullPath("../b", working.Path)], RunPlanner.Plan(typed).Data);
        Assert.Equal(working.File("logs"), typed.Log.Folder);
        Assert.Equal(working.File("records"), Load(("Feed:Record", "records")).Feed.Record);

        TraderOptions Load(params (string Key, string Value)[] line) => SettingsLoader.Load(
            settings.Path, new Hashtable(), TypedPaths.Root(line.Select(l => new KeyValuePair<string, string?>(l.Key, l.Value)), working.Path));
    }

    [Theory]
    [InlineData("Feed:Record", "")]
    [InlineData("Feed:Data", "")]
    [InlineData("Trading:Symbols", "AXSM,HUT")]
    [InlineData("Unknown:Key", "a/b")]
    [InlineData("Journal:Folder", "/journals")]
    public void What_is_empty_whole_or_no_path_stays_as_it_is(string key, string value) =>
        Assert.Equal(value, Assert.Single(TypedPaths.Root([new(key, value)], "/folder")).Value);

    [Fact]
    public void A_path_that_is_none_is_one_line() =>
        Assert.Contains("Journal:Folder", Assert.Throws<SettingsException>(() => TypedPaths.Root([new("Journal:Folder", "a\0b")], "/folder").ToList()).Message, StringComparison.Ordinal);
}
