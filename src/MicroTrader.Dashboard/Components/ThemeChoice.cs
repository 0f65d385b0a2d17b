namespace MicroTrader.Dashboard.Components;

/// <summary>Whether the page is dark, and the way to change it.</summary>
/// <param name="IsDark">Whether it is dark.</param>
/// <param name="ToggleAsync">Changes it.</param>
public sealed record ThemeChoice(bool IsDark, Func<Task> ToggleAsync);
