using Microsoft.AspNetCore.Components;

namespace MicroTrader.Dashboard.Live;

/// <summary>A part of the page. It is drawn anew when what it shows changed, and not because something else did.</summary>
public abstract class LiveSection : ComponentBase
{
    private object?[]? _drawn;
    private bool _isUpdate;

    /// <summary>What the page shows.</summary>
    [Parameter, EditorRequired] public LiveSnapshot Live { get; set; } = null!;

    /// <summary>What this part shows: the snapshot's parts, by reference, and values.</summary>
    protected abstract object?[] Shown { get; }

    /// <inheritdoc/>
    public override Task SetParametersAsync(ParameterView parameters)
    {
        _isUpdate = true;
        return base.SetParametersAsync(parameters);
    }

    /// <inheritdoc/>
    protected override bool ShouldRender()
    {
        // What a person did here is shown at once.
        if (!_isUpdate)
            return true;
        _isUpdate = false;
        var shown = Shown;
        if (_drawn is { } drawn && drawn.Length == shown.Length && drawn.Zip(shown).All(p => ReferenceEquals(p.First, p.Second) || (p.First is ValueType or string && p.First.Equals(p.Second))))
            return false;
        _drawn = shown;
        return true;
    }
}
