using System.Runtime.Serialization;
using System.Text.Json;
using Akka.Actor;
using Akka.Serialization;

namespace MicroTrader.Actors.Journal;

/// <summary>
/// Writes and reads the journal's facts and snapshots as JSON under short versioned names (<see cref="JournalManifests"/>), never under .NET type names.
/// </summary>
public sealed class MicroTraderSerializer : SerializerWithStringManifest
{
    /// <summary>This serializer's number in the journal; never to be changed.</summary>
    public const int Id = 212;

    /// <summary>Called by Akka.</summary>
    public MicroTraderSerializer(ExtendedActorSystem system)
        : base(system)
    {
    }

    /// <inheritdoc/>
    public override int Identifier => Id;

    /// <inheritdoc/>
    public override string Manifest(object o) => JournalManifests.For(o.GetType()).Manifest;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) => Write(obj);

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, string manifest) => Read(bytes, manifest);

    /// <summary>Writes a fact.</summary>
    /// <exception cref="ArgumentException">The type may not be journalled.</exception>
    public static byte[] Write(object fact) => JsonSerializer.SerializeToUtf8Bytes(fact, JournalManifests.For(fact.GetType()).Json);

    /// <summary>Reads a fact.</summary>
    /// <exception cref="SerializationException">The name is not known, or the bytes are not of its shape.</exception>
    public static object Read(ReadOnlySpan<byte> bytes, string manifest)
    {
        var json = JournalManifests.Find(manifest)
            ?? throw new SerializationException($"the journal holds '{manifest}', which this version does not know; a newer version wrote it");
        try
        {
            return JsonSerializer.Deserialize(bytes, json) ?? throw new SerializationException($"the journal holds an empty '{manifest}'");
        }
        catch (JsonException e)
        {
            throw new SerializationException($"the journal holds a '{manifest}' that cannot be read: {e.Message}", e);
        }
    }
}
