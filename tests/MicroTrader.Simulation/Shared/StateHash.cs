using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace MicroTrader.Simulation.Shared;

/// <summary>
/// A hash of a value by everything in it, lists included, which records compare by identity. It reads every property, so that one that is added to a state is
/// never forgotten here.
/// </summary>
internal static class StateHash
{
    private static readonly ConcurrentDictionary<Type, Func<object, object?>[]> Readers = new();

    public static ulong Of(object? value)
    {
        var hash = 14695981039346656037UL;
        Add(ref hash, value);
        return hash;
    }

    private static void Add(ref ulong hash, object? value)
    {
        switch (value)
        {
            case null:
                Mix(ref hash, 0x9E37);
                break;
            case string text:
                foreach (var c in text)
                    Mix(ref hash, c);
                Mix(ref hash, 0xFFFF1);
                break;
            case decimal number:
                // 1.0 and 1.00 are one number.
                Mix(ref hash, (ulong)(number / 1.000000000000000000000000000000000m).GetHashCode());
                break;
            case Enum word:
                Mix(ref hash, (ulong)Convert.ToInt64(word, null));
                break;
            case IConvertible simple:
                Mix(ref hash, (ulong)simple.GetHashCode());
                break;
            case DateTimeOffset at:
                Mix(ref hash, (ulong)at.UtcTicks);
                break;
            case TimeSpan length:
                Mix(ref hash, (ulong)length.Ticks);
                break;
            case IEnumerable many:
                foreach (var one in many)
                    Add(ref hash, one);
                Mix(ref hash, 0xFFFF2);
                break;
            default:
                foreach (var read in Readers.GetOrAdd(value.GetType(), Compile))
                    Add(ref hash, read(value));
                break;
        }
    }

    private static void Mix(ref ulong hash, ulong value) => hash = ulong.RotateLeft((hash ^ value) * 1099511628211UL, 17) * 0x9E3779B97F4A7C15UL;

    private static Func<object, object?>[] Compile(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p => p.GetIndexParameters().Length == 0 && p.CanRead)
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .Select(p =>
            {
                var of = Expression.Parameter(typeof(object));
                return Expression.Lambda<Func<object, object?>>(Expression.Convert(Expression.Property(Expression.Convert(of, type), p), typeof(object)), of).Compile();
            }),
    ];
}
