using System.Globalization;
using MicroTrader.Host.Configuration;
using MicroTrader.Host.Tests.Support;

namespace MicroTrader.Host.Tests.Configuration;

public sealed class SettingRangesTests
{
    private static readonly IReadOnlyList<SettingInfo> All = SettingsBinder.Describe(new TraderOptions());

    public static TheoryData<string> Bounded => new(All.Where(s => Number(s)).Select(s => s.Key));

    public static TheoryData<string> Choices => new(All.Where(s => s.Property.PropertyType.IsEnum || s.Property.PropertyType == typeof(bool)).Select(s => s.Key));

    [Fact]
    public void Every_number_and_duration_has_a_range()
    {
        Assert.NotEmpty(Bounded);
        Assert.All(All.Where(Number), s =>
        {
            Assert.True(s.About.Min > double.MinValue, s.Key);
            Assert.True(s.About.Max < double.MaxValue, s.Key);
            Assert.True(s.About.Min < s.About.Max, s.Key);
        });
    }

    [Fact]
    public void Every_setting_says_what_it_means() => Assert.All(All, s => Assert.NotEmpty(s.About.Description));

    [Fact]
    public void Every_default_is_within_its_range() => Assert.All(All.Where(Number), s =>
    {
        if (s.Property.GetValue(s.Owner) is { } value)
            Settings.Of((s.Key, Write(value is TimeSpan t ? (decimal)t.TotalMilliseconds : Convert.ToDecimal(value, CultureInfo.InvariantCulture), value is TimeSpan)));
    });

    [Theory]
    [MemberData(nameof(Bounded))]
    public void The_borders_are_accepted(string key)
    {
        var setting = Find(key);
        foreach (var border in new[] { setting.About.Min, setting.About.Max })
        {
            var read = Find(key, Settings.Of((key, Border(setting, border, 0))));
            var value = read.Property.GetValue(read.Owner);
            Assert.Equal(border, value is TimeSpan duration ? duration.TotalSeconds : Convert.ToDouble(value, CultureInfo.InvariantCulture), 9);
        }
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Just_outside_is_refused_in_a_line_with_name_value_source_and_what_is_allowed(string key)
    {
        var setting = Find(key);
        var below = Border(setting, setting.About.Min, -1);
        var above = Border(setting, setting.About.Max, 1);
        var isDuration = (Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType) == typeof(TimeSpan);
        // A duration has no sign: below 0 it is none at all.
        foreach (var text in new[] { below, above })
        {
            var message = Settings.Refusal(() => Settings.Of((key, text)));

            Assert.StartsWith($"{key}: '{text}' is not allowed (command line); allowed is ", message);
            foreach (var border in new[] { setting.About.Min, setting.About.Max })
                Assert.Contains(isDuration ? Duration.Describe(border) : ((decimal)border).ToString("0.####", CultureInfo.InvariantCulture), message);
        }
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    [MemberData(nameof(Choices))]
    public void Nonsense_is_refused_from_every_source(string key)
    {
        var parts = key.Split(':');
        var name = string.Join("__", parts);
        var json = string.Concat(parts.Select(p => $"{{ \"{p}\": ")) + "\"nonsense\"" + new string('}', parts.Length);
        foreach (var (load, source) in new (Action, string)[]
        {
            (() => Settings.Load(json), "appsettings.json"),
            (() => Settings.Load(env: $"{name}=nonsense"), ".env"),
            (() => Settings.Load(environment: [(name, "nonsense")]), "environment"),
            (() => Settings.Of((key, "nonsense")), "command line"),
        })
        {
            var message = Settings.Refusal(load);
            Assert.StartsWith($"{key}: 'nonsense' is not allowed ({source}); allowed is ", message);
        }
    }

    [Theory]
    [InlineData("Trading:Mode", "3")]
    [InlineData("Trading:Mode", "sim,live")]
    [InlineData("Trading:Mode", "")]
    [InlineData("Trading212:Live", "")]
    [InlineData("Strategy:WindowTicks", "15.5")]
    [InlineData("Strategy:WindowTicks", "")]
    [InlineData("Trading:Quantity", "1,5")]
    [InlineData("Trading:Quantity", "1e2")]
    [InlineData("Exits:MaxHold", "10 seconds")]
    public void A_value_of_another_form_is_refused(string key, string value) =>
        Assert.StartsWith($"{key}: '{value}' is not allowed (command line); ", Settings.Refusal(() => Settings.Of((key, value))));

    [Fact]
    public void A_choice_names_what_there_is() =>
        Assert.EndsWith("allowed is auto, sim, practice, live", Settings.Refusal(() => Settings.Of(("Trading:Mode", "demo"))));

    [Fact]
    public void Pins_are_a_table_of_free_names()
    {
        var options = Settings.Load("""{ "Instruments": { "Pins": { "DJT": "DWAC_US_EQ" } } }""", null, [("Instruments__Pins__META", "FB_US_EQ")]);

        Assert.Equal("DWAC_US_EQ", options.Instruments.Pins["djt"]);
        Assert.Equal("FB_US_EQ", options.Instruments.Pins["META"]);
    }

    private static bool Number(SettingInfo setting)
    {
        var type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
        return type == typeof(int) || type == typeof(long) || type == typeof(decimal) || type == typeof(TimeSpan);
    }

    private static SettingInfo Find(string key, TraderOptions? options = null) => (options is null ? All : SettingsBinder.Describe(options)).Single(s => s.Key == key);

    private static string Border(SettingInfo setting, double border, int steps)
    {
        var type = Nullable.GetUnderlyingType(setting.Property.PropertyType) ?? setting.Property.PropertyType;
        if (type == typeof(TimeSpan))
            return Write(((decimal)border * 1_000m) + (steps * 0.001m), true);
        return Write((decimal)border + (steps * (type == typeof(decimal) ? 0.000001m : 1m)), false);
    }

    private static string Write(decimal number, bool milliseconds) => number.ToString("0.##########", CultureInfo.InvariantCulture) + (milliseconds ? "ms" : "");
}
