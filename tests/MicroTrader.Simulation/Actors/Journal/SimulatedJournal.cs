using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Akka.Serialization;

namespace MicroTrader.Simulation.Actors.Journal;

/// <summary>
/// Akka's journal over a <see cref="JournalMedium"/>: facts go through the system's own serializers to bytes and back, as on a disk. It answers before it
/// returns, and fails where the adversary wants it to.
/// </summary>
internal sealed class SimulatedJournal : AsyncWriteJournal
{
    private readonly JournalSetup _setup = Context.System.Settings.Setup.Get<JournalSetup>().Value;
    private readonly Serialization _serialization = Context.System.Serialization;

    /// <inheritdoc/>
    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr, CancellationToken cancellationToken) =>
        Task.FromResult((long)_setup.Medium.Lines(persistenceId).Count);

    /// <inheritdoc/>
    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        if (!_setup.Faults.OnRead(persistenceId))
            return Task.FromException(new IOException("the simulated journal cannot be read"));
        var left = max;
        foreach (var line in _setup.Medium.Lines(persistenceId).ToList())
        {
            if (line.SequenceNr < fromSequenceNr || line.SequenceNr > toSequenceNr || left-- <= 0)
                continue;
            var fact = _serialization.Deserialize(line.Bytes, line.SerializerId, line.Manifest);
            recoveryCallback(new Persistent(fact, line.SequenceNr, persistenceId, line.Manifest, isDeleted: false, sender: ActorRefs.NoSender, line.Writer));
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task<IImmutableList<Exception>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var write in messages)
                Write(write);
            // All is well.
            return Task.FromResult<IImmutableList<Exception>?>(null);
        }
        catch (IOException e)
        {
            return Task.FromException<IImmutableList<Exception>?>(e);
        }
    }

    /// <inheritdoc/>
    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr, CancellationToken cancellationToken) =>
        Task.FromException(new NotSupportedException("facts are never deleted"));

    private void Write(AtomicWrite write)
    {
        var lines = ((IImmutableList<IPersistentRepresentation>)write.Payload).Select(Line).ToList();
        var fate = _setup.Faults.OnWrite(write.PersistenceId);
        switch (fate)
        {
            case JournalFate.FailsBefore:
                throw new IOException("the simulated journal cannot be written");
            case JournalFate.CrashBefore:
                _setup.Faults.Crash($"before {write.PersistenceId} is journalled");
                throw new IOException("the process has ended");
        }

        _setup.Medium.Append(lines);
        switch (fate)
        {
            case JournalFate.FailsAfter:
                throw new IOException("the simulated journal lost its acknowledgement");
            case JournalFate.CrashAfter:
                _setup.Faults.Crash($"after {write.PersistenceId} is journalled");
                break;
        }
    }

    private JournalLine Line(IPersistentRepresentation fact)
    {
        var serializer = (SerializerWithStringManifest)_serialization.FindSerializerFor(fact.Payload);
        return new JournalLine(fact.PersistenceId, fact.SequenceNr, serializer.Identifier, serializer.Manifest(fact.Payload), serializer.ToBinary(fact.Payload), fact.WriterGuid);
    }
}
