using MicroTrader.Domain.Robot;
using MudBlazor;

namespace MicroTrader.Dashboard.Text;

/// <summary>How health is shown.</summary>
internal static class HealthText
{
    /// <summary>The one word.</summary>
    public static string Word(HealthWord word) => word switch
    {
        HealthWord.Good => "Healthy",
        HealthWord.Watch => "Watch",
        _ => "Act now",
    };

    /// <summary>The class that colours it; the word says the same to who sees no colour.</summary>
    public static string Style(HealthWord word) => word switch
    {
        HealthWord.Good => "good",
        HealthWord.Watch => "wait",
        _ => "bad",
    };

    /// <summary>The sign beside it.</summary>
    public static string Icon(HealthWord word) => word switch
    {
        HealthWord.Good => Icons.Material.Filled.CheckCircle,
        HealthWord.Watch => Icons.Material.Filled.Visibility,
        _ => Icons.Material.Filled.Error,
    };
}
