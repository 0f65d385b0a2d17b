using MudBlazor;

namespace MicroTrader.Dashboard;

/// <summary>The page's colours and letters. No letters come from the network: the system's serve.</summary>
internal static class Theme
{
    private const string OnLight = "#0f141b";

    private static readonly string[] Letters = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    /// <summary>The theme.</summary>
    public static MudTheme Mud { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#1d4ed8",
            Secondary = "#0f766e",
            Tertiary = "#6d28d9",
            Success = "#0a7a3f",
            Error = "#b91c1c",
            Warning = "#92570a",
            Info = "#1d4ed8",
            Background = "#eef1f5",
            BackgroundGray = "#e3e8ee",
            Surface = "#ffffff",
            TextPrimary = "#17202b",
            TextSecondary = "#55606d",
            ActionDefault = "#3d4855",
            LinesDefault = "#dbe1e8",
            LinesInputs = "#8a96a3",
            TableLines = "#e6eaef",
            TableHover = "#f2f5f9",
            Divider = "#dbe1e8",
            AppbarBackground = "#1d4ed8",
            AppbarText = "#ffffff",
        },
        PaletteDark = new PaletteDark
        {
            // Light colours: white letters could not be read on them.
            PrimaryContrastText = OnLight,
            SecondaryContrastText = OnLight,
            TertiaryContrastText = OnLight,
            SuccessContrastText = OnLight,
            ErrorContrastText = OnLight,
            WarningContrastText = OnLight,
            InfoContrastText = OnLight,
            Primary = "#7aa2ff",
            Secondary = "#4fd1c5",
            Tertiary = "#b794f6",
            Success = "#4ade80",
            Error = "#ff8a8a",
            Warning = "#fbbf54",
            Info = "#7aa2ff",
            Background = "#0f141b",
            BackgroundGray = "#121923",
            Surface = "#18202a",
            TextPrimary = "#e6ebf1",
            TextSecondary = "#9aa7b5",
            ActionDefault = "#b6c1cd",
            LinesDefault = "#2b3643",
            LinesInputs = "#5d6b7a",
            TableLines = "#26303c",
            TableHover = "#1e2833",
            Divider = "#2b3643",
            AppbarBackground = "#1d4ed8",
            AppbarText = "#ffffff",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "10px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Letters, FontSize = ".875rem" },
            H6 = new H6Typography { FontFamily = Letters, FontSize = "1rem", FontWeight = "650" },
            Button = new ButtonTypography { FontFamily = Letters, TextTransform = "none", FontWeight = "600" },
        },
    };
}
