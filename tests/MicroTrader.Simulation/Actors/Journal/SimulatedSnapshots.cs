using Akka.Persistence;
using Akka.Persistence.Snapshot;
using Akka.Serialization;

namespace MicroTrader.Simulation.Actors.Journal;

/// <summary>Akka's snapshot store over a <see cref="JournalMedium"/>, through the system's own serializers.</summary>
internal sealed class SimulatedSnapshots : SnapshotStore
{
    private readonly JournalSetup _setup = Context.System.Settings.Setup.Get<JournalSetup>().Value;
    private readonly Serialization _serialization = Context.System.Serialization;

    /// <inheritdoc/>
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken = default)
    {
        if (_setup.Medium.Newest(persistenceId, criteria.MaxSequenceNr) is not var (number, serializer, manifest, bytes))
            return Task.FromResult<SelectedSnapshot?>(null);
        var snapshot = _serialization.Deserialize(bytes, serializer, manifest);
        return Task.FromResult<SelectedSnapshot?>(new SelectedSnapshot(new SnapshotMetadata(persistenceId, number, DateTime.UnixEpoch), snapshot));
    }

    /// <inheritdoc/>
    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot, CancellationToken cancellationToken = default)
    {
        if (_setup.Faults.OnWrite(metadata.PersistenceId) is not JournalFate.Done)
            return Task.FromException(new IOException("the simulated journal cannot keep a snapshot"));
        var serializer = (SerializerWithStringManifest)_serialization.FindSerializerFor(snapshot);
        _setup.Medium.Save(metadata, serializer.Identifier, serializer.Manifest(snapshot), serializer.ToBinary(snapshot));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(SnapshotMetadata metadata, CancellationToken cancellationToken = default)
    {
        _setup.Medium.Delete(metadata.PersistenceId, metadata.SequenceNr);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria, CancellationToken cancellationToken = default)
    {
        foreach (var number in _setup.Medium.SnapshotNumbers(persistenceId).Where(n => n <= criteria.MaxSequenceNr))
            _setup.Medium.Delete(persistenceId, number);
        return Task.CompletedTask;
    }
}
