using System.Globalization;

namespace MicroTrader.Simulators.Paper.Admin;

/// <summary>Turns an admin request into a call of <see cref="PaperFaults"/>. Whatever does not belong to the named fault is refused, not ignored.</summary>
internal static class AdminFaults
{
    // Longer than any simulation; keeps every time inside its range.
    private const double MaxSeconds = 366 * 24 * 3600.0;

    private static readonly string[] ReadFaults = ["FrozenPositions", "FrozenPendingOrders", "HistoryLag"];
    private static readonly string[] OrderFaults = ["OrderCancelled", "OrderRejected", "OrderDelayed", "OrderPartialThenCancelled", "OrderInTwoPieces"];

    /// <exception cref="AdminException">A member is missing, out of its range, or does not belong to the fault.</exception>
    public static void Add(PaperFaults faults, AdminFaultRequest request)
    {
        CheckHowOften(request);
        switch (request.Fault)
        {
            case "FrozenPositions":
                Only(request, "forSeconds");
                faults.FreezePositions(Duration(request));
                return;
            case "FrozenPendingOrders":
                Only(request, "forSeconds");
                faults.FreezePendingOrders(Duration(request));
                return;
            case "HistoryLag":
                Only(request, "delaySeconds", "forSeconds");
                faults.LagHistory(Delay(request), Duration(request));
                return;
            default:
                break;
        }

        if (OrderFaults.Contains(request.Fault))
        {
            AddFate(faults, request);
            return;
        }

        if (!Enum.TryParse<PaperFaultKind>(request.Fault, out var kind) || !Enum.IsDefined(kind) || char.IsAsciiDigit(request.Fault[0]))
        {
            throw new AdminException($"fault is '{request.Fault}'; allowed are {string.Join(", ", [.. Enum.GetNames<PaperFaultKind>(), .. OrderFaults, .. ReadFaults])}");
        }

        AddRequestFault(faults, request, kind);
    }

    private static void AddRequestFault(PaperFaults faults, AdminFaultRequest request, PaperFaultKind kind)
    {
        var fault = kind switch
        {
            PaperFaultKind.StatusBefore => With("status", () => PaperFault.StatusBefore(Status(request))),
            PaperFaultKind.StatusAfter => With("status", () => PaperFault.StatusAfter(Status(request))),
            PaperFaultKind.DelayedAnswer => With("delaySeconds", () => PaperFault.DelayedAnswer(Delay(request))),
            PaperFaultKind.DelayedHandling => With("delaySeconds", () => PaperFault.DelayedHandling(Delay(request))),
            PaperFaultKind.LostRequest => With(null, static () => PaperFault.LostRequest),
            PaperFaultKind.LostAnswer => With(null, static () => PaperFault.LostAnswer),
            PaperFaultKind.TooManyRequests => With(null, static () => PaperFault.TooManyRequests),
            PaperFaultKind.NotOwned => With(null, static () => PaperFault.NotOwned),
            PaperFaultKind.MalformedBody => With(null, static () => PaperFault.MalformedBody),
            PaperFaultKind.CutBody => With(null, static () => PaperFault.CutBody),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such fault."),
        };
        foreach (var endpoint in Endpoints(request))
        {
            switch (request.Rate, Duration(request))
            {
                case ({ } rate, { } duration):
                    faults.AtRate(endpoint, fault, rate, duration);
                    break;
                case ({ } rate, null):
                    faults.AtRate(endpoint, fault, rate);
                    break;
                case (null, { } duration):
                    faults.For(endpoint, fault, duration);
                    break;
                default:
                    faults.Next(endpoint, fault, request.Times ?? 1);
                    break;
            }
        }

        PaperFault With(string? own, Func<PaperFault> make)
        {
            Only(request, ["endpoint", "times", "rate", "forSeconds", .. own is null ? Array.Empty<string>() : [own]]);
            return make();
        }
    }

    private static void AddFate(PaperFaults faults, AdminFaultRequest request)
    {
        var own = request.Fault switch
        {
            "OrderDelayed" => "delaySeconds",
            "OrderPartialThenCancelled" or "OrderInTwoPieces" => "fraction",
            _ => string.Empty,
        };
        Only(request, "times", "rate", "forSeconds", own);
        var fate = request.Fault switch
        {
            "OrderCancelled" => PaperFate.Cancelled,
            "OrderRejected" => PaperFate.Rejected,
            "OrderDelayed" => PaperFate.Delayed(Delay(request)),
            "OrderPartialThenCancelled" => PaperFate.PartialThenCancelled(Fraction(request)),
            _ => PaperFate.InTwoPieces(Fraction(request)),
        };
        switch (request.Rate, Duration(request))
        {
            case ({ } rate, { } duration):
                faults.OrdersAtRate(fate, rate, duration);
                break;
            case ({ } rate, null):
                faults.OrdersAtRate(fate, rate);
                break;
            case (null, { } duration):
                faults.OrdersFor(fate, duration);
                break;
            default:
                for (var i = 0; i < (request.Times ?? 1); i++)
                {
                    faults.NextOrder(fate);
                }

                break;
        }
    }

    private static void CheckHowOften(AdminFaultRequest request)
    {
        if (request.Times is < 1 or > 10_000)
        {
            throw new AdminException($"times is {request.Times}; allowed are 1 to 10000");
        }

        if (request.Rate is not (null or (>= 0 and <= 1)))
        {
            throw new AdminException(string.Create(CultureInfo.InvariantCulture, $"rate is {request.Rate}; allowed are 0 to 1"));
        }

        if (request.Times is not null && (request.Rate is not null || request.ForSeconds is not null))
        {
            throw new AdminException("times goes with neither rate nor forSeconds");
        }
    }

    private static PaperEndpoint[] Endpoints(AdminFaultRequest request)
    {
        if (request.Endpoint is not { } name)
        {
            return Enum.GetValues<PaperEndpoint>();
        }

        return Enum.GetNames<PaperEndpoint>().Contains(name, StringComparer.Ordinal)
            ? [Enum.Parse<PaperEndpoint>(name)]
            : throw new AdminException($"endpoint is '{name}'; allowed are {string.Join(", ", Enum.GetNames<PaperEndpoint>())}");
    }

    private static int Status(AdminFaultRequest request) => request.Status is { } status and >= 400 and <= 599
        ? status
        : throw new AdminException($"status is {request.Status?.ToString(CultureInfo.InvariantCulture) ?? "missing"}; allowed are 400 to 599");

    private static decimal Fraction(AdminFaultRequest request) => request.Fraction is { } fraction and > 0 and < 1
        ? fraction
        : throw new AdminException("fraction is missing or out of range; allowed is above 0 and below 1");

    private static TimeSpan Delay(AdminFaultRequest request) => Seconds(request.DelaySeconds, "delaySeconds")
        ?? throw new AdminException("delaySeconds is missing");

    private static TimeSpan? Duration(AdminFaultRequest request) => Seconds(request.ForSeconds, "forSeconds");

    private static TimeSpan? Seconds(double? value, string name) => value switch
    {
        null => null,
        > 0 and <= MaxSeconds => TimeSpan.FromSeconds(value.Value),
        _ => throw new AdminException(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; allowed is above 0, at most {MaxSeconds} (a year)")),
    };

    private static void Only(AdminFaultRequest request, params ReadOnlySpan<string> allowed)
    {
        foreach (var (name, isGiven) in new[]
        {
            ("endpoint", request.Endpoint is not null),
            ("status", request.Status is not null),
            ("delaySeconds", request.DelaySeconds is not null),
            ("fraction", request.Fraction is not null),
            ("times", request.Times is not null),
            ("rate", request.Rate is not null),
            ("forSeconds", request.ForSeconds is not null),
        })
        {
            if (isGiven && !allowed.Contains(name))
            {
                throw new AdminException($"{name} does not belong to the fault {request.Fault}");
            }
        }
    }
}
