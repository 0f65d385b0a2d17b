namespace MicroTrader.Trading212;

/// <summary>What came back from one write, before it is read as an order or a cancellation.</summary>
internal abstract record WriteAnswer
{
    private WriteAnswer()
    {
    }

    /// <summary>The head of an answer arrived. The body is null when it did not arrive whole; the failure says why.</summary>
    internal sealed record Answered(ResponseInfo Info, byte[]? Body, string? BodyFailure) : WriteAnswer;

    /// <summary>The body was not handed over, and is sealed.</summary>
    internal sealed record NeverLeft(NotExecutedReason Reason, string Detail) : WriteAnswer;

    /// <summary>The body was handed over, and no answer came.</summary>
    internal sealed record Lost(string Detail) : WriteAnswer;
}
