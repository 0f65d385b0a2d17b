using System.Globalization;
using MicroTrader.Dashboard.Live;
using MudBlazor;

namespace MicroTrader.Dashboard.Tests;

/// <summary>What is drawn can be read, and says nothing that is not so.</summary>
public sealed class LookTests
{
    public static TheoryData<string, string, string> Filled
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var (name, palette) in new (string, Palette)[] { ("light", Theme.Mud.PaletteLight), ("dark", Theme.Mud.PaletteDark) })
            {
                data.Add($"{name} primary", palette.Primary.Value, palette.PrimaryContrastText.Value);
                data.Add($"{name} success", palette.Success.Value, palette.SuccessContrastText.Value);
                data.Add($"{name} warning", palette.Warning.Value, palette.WarningContrastText.Value);
                data.Add($"{name} error", palette.Error.Value, palette.ErrorContrastText.Value);
            }

            return data;
        }
    }

    // Source: https://www.w3.org/TR/WCAG22/#contrast-minimum.
    [Theory]
    [MemberData(nameof(Filled))]
    public void Words_on_a_filled_button_can_be_read(string colour, string ground, string letters)
    {
        var contrast = (Math.Max(Luminance(ground), Luminance(letters)) + 0.05) / (Math.Min(Luminance(ground), Luminance(letters)) + 0.05);
        Assert.True(contrast >= 4.5, $"{colour}: {letters} on {ground} has a contrast of {contrast:0.0}");
    }

    [Fact]
    public void A_chart_without_a_price_says_so_and_has_no_axes_that_could_be_taken_for_prices()
    {
        var figure = ChartFigure.Of("AXSM", 5, [], null, [], dark: false);

        Assert.Equal("No price yet.", Assert.Single(figure.Layout.Annotations).Text);
        Assert.All(figure.Layout.YAxis, axis => Assert.False(axis.Visible));
        Assert.False(Assert.Single(figure.Layout.XAxis).Visible);
    }

    [Fact]
    public void A_chart_with_prices_has_axes_and_no_such_words()
    {
        var figure = ChartFigure.Of("AXSM", 5, [new(RobotData.Now, 157m, 158m, 156m, 157.5m, 10m, 1)], null, [], dark: false);

        Assert.Empty(figure.Layout.Annotations);
        Assert.All(figure.Layout.YAxis, axis => Assert.True(axis.Visible));
    }

    // Of #rrggbb, with or without aa behind it.
    private static double Luminance(string colour)
    {
        double Part(int at)
        {
            var part = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }
}
