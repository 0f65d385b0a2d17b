using Akka.Actor;
using MicroTrader.Domain.Gateway;

namespace MicroTrader.Actors.Tests.GatewayTests;

public sealed class PermitQueueTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 14, 0, 0, TimeSpan.Zero);
    private static readonly IActorRef Asker = ActorRefs.Nobody;

    [Fact]
    public void The_urgent_go_first_then_in_the_order_in_which_they_came()
    {
        var queue = Queue(orders: 3);
        Add(queue, "entry 1", RequestPriority.Entry);
        Add(queue, "entry 2", RequestPriority.Entry);
        Add(queue, "exit 1", RequestPriority.Exit);
        Add(queue, "look", RequestPriority.Reconciliation);
        Add(queue, "exit 2", RequestPriority.Exit);

        Assert.Equal(["exit 1", "exit 2", "look"], Released(queue, Now));
        Assert.Equal(2, queue.Count);
        var next = queue.NextRelease(Now)!.Value;
        Assert.Empty(queue.Release(next - TimeSpan.FromTicks(1)));
        Assert.Equal(["entry 1", "entry 2"], Released(queue, next));
        Assert.Null(queue.NextRelease(next));
    }

    [Fact]
    public void Behind_one_that_must_wait_none_of_the_same_endpoint_goes_but_others_do()
    {
        var queue = Queue(orders: 1);
        Add(queue, "exit 1", RequestPriority.Exit);
        Add(queue, "exit 2", RequestPriority.Exit);
        Add(queue, "entry", RequestPriority.Entry);
        Add(queue, "holdings", RequestPriority.Entry, BrokerEndpoint.Positions);
        Assert.Equal(["exit 1", "holdings"], Released(queue, Now));
    }

    [Fact]
    public void Entries_leave_the_reserve_to_exits()
    {
        var queue = Queue(orders: 3, reserve: 2);
        Add(queue, "entry 1", RequestPriority.Entry);
        Add(queue, "entry 2", RequestPriority.Entry);
        Assert.Equal(["entry 1"], Released(queue, Now));
        Add(queue, "exit 1", RequestPriority.Exit);
        Add(queue, "exit 2", RequestPriority.Exit);
        Add(queue, "exit 3", RequestPriority.Exit);
        Assert.Equal(["exit 1", "exit 2"], Released(queue, Now));
    }

    [Fact]
    public void What_is_too_late_is_dropped_right_after_its_deadline_and_not_at_it()
    {
        var queue = Queue(orders: 1);
        Add(queue, "first", RequestPriority.Entry);
        Add(queue, "late", RequestPriority.Entry, deadline: Now.AddSeconds(2));
        Add(queue, "patient", RequestPriority.Entry);
        Assert.Equal(["first"], Released(queue, Now));

        Assert.Empty(queue.Release(Now.AddSeconds(2)));
        var next = queue.NextRelease(Now)!.Value;
        Assert.InRange(next, Now.AddSeconds(2), Now.AddSeconds(2.1));
        var (request, _, granted) = Assert.Single(queue.Release(next));
        Assert.Equal(("late", false), (request.Tag, granted));
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void A_request_that_is_late_takes_nothing_of_the_budget()
    {
        var queue = Queue(orders: 1);
        Add(queue, "late", RequestPriority.Exit, deadline: Now);
        Add(queue, "good", RequestPriority.Entry);
        var released = queue.Release(Now.AddSeconds(1));
        Assert.Equal([("late", false), ("good", true)], released.Select(r => ((string)r.Request.Tag, r.Granted)));
    }

    [Fact]
    public void What_an_actor_asked_for_is_dropped_with_it()
    {
        using var system = ActorSystem.Create("permits");
        var (one, two) = (Inbox.Create(system).Receiver, Inbox.Create(system).Receiver);
        var queue = Queue(orders: 5);
        queue.Add(new RequestPermit(BrokerEndpoint.PlaceOrder, RequestPriority.Exit, null, "a"), one);
        queue.Add(new RequestPermit(BrokerEndpoint.PlaceOrder, RequestPriority.Exit, null, "b"), two);
        queue.Add(new RequestPermit(BrokerEndpoint.Positions, RequestPriority.Exit, null, "c"), one);
        queue.Drop(one);
        Assert.Equal(["b"], Released(queue, Now));
    }

    private static PermitQueue<IActorRef> Queue(int orders, int reserve = 0) => new(new RateBudget(new Dictionary<BrokerEndpoint, RateLimit>
    {
        [BrokerEndpoint.PlaceOrder] = new(orders, TimeSpan.FromSeconds(10), reserve),
        [BrokerEndpoint.Positions] = new(1, TimeSpan.FromSeconds(1)),
    }));

    private static void Add(PermitQueue<IActorRef> queue, string tag, RequestPriority priority, BrokerEndpoint endpoint = BrokerEndpoint.PlaceOrder, DateTimeOffset? deadline = null) =>
        queue.Add(new RequestPermit(endpoint, priority, deadline, tag), Asker);

    private static IEnumerable<string> Released(PermitQueue<IActorRef> queue, DateTimeOffset now) => queue.Release(now).Select(r => r.Granted ? (string)r.Request.Tag : $"{r.Request.Tag} expired");
}
