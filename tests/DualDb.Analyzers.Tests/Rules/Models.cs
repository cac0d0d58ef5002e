namespace DualDb.Analyzers.Tests.Rules;

/// <summary>Models in which nothing is wrong.</summary>
internal static class Models
{
    /// <summary>An event, a handler and a root.</summary>
    public const string Events = """
        using System.Text.Json.Serialization;
        using DualDb.Consistency.Events;
        [DualDatabase] public sealed partial class Db;
        [Supabase] public sealed partial record Activity([Key] Guid Id, string Text);
        public enum Channel : byte { Web = 1, Shop }
        public sealed record Line(string Sku, int Quantity = 1, Line? Next = null);
        [DomainEvent("order.created", Version = 2)]
        public sealed partial record OrderCreated(long Id, IReadOnlyList<Line?> Lines, Dictionary<string, decimal[]>? Map, Channel Channel = Channel.Shop)
        {
            [JsonPropertyName("at")] public DateTimeOffset? At { get; init; } = default;
            [JsonIgnore] public object? Ignored { get; set; }
        }
        [EventHandler("record", MaxAttempts = 3)]
        public sealed class Record(Db db) : IEventHandler<OrderCreated>
        {
            public Task HandleAsync(OrderCreated e, EventContext context, CancellationToken token) => db.Activities.InsertAsync(new Activity(context.EventId, "a"), context.Supabase, token);
        }
        """;

    /// <summary>A copy, a map with everything, and a map of both directions with a resolver.</summary>
    public const string Sync = """
        using DualDb.Consistency.Sync;
        [DualDatabase] public sealed partial class Db;
        [Neon, Domain("orders"), Sync(To = Database.Supabase, Table = "order_copies", Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Delta)]
        public sealed partial record Order([Key] long Id, string State, [Counter] int Count);
        [Supabase] public sealed partial record Card([Key] long Id, string Label, string Stage, string? Note);
        [SyncMap<Order, Card>(Name = "cards", Filter = "count > 0")]
        [SyncColumn(nameof(Card.Label), Sql = "upper(state)")] [SyncColumn(nameof(Card.Stage), From = nameof(Order.State))] [SyncIgnore(nameof(Card.Note))]
        public static class Cards;
        [Supabase] public sealed partial record Profile([Key] Guid Id, string Name);
        [Neon] public sealed partial record Buyer([Key] Guid Id, string Name);
        [SyncMap<Profile, Buyer>(Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Custom, Resolver = typeof(Longer))] internal sealed class Buyers;
        internal sealed class Longer : IConflictResolver<Profile> { public SyncOutcome<Profile> Resolve(SyncConflict<Profile> conflict) => conflict.KeepSource(); }
        """;

    /// <summary>Each annotation once.</summary>
    public const string EveryAnnotation = """
        [Neon("orders", Schema = "shop")]
        public sealed partial record Order([Key(Generated = true)] long Id, [References<User>] Guid UserId)
        {
            [Column("no", Type = "integer"), Unique(Name = "u")] public int Number { get; private init; }
            [StoredAsText, Index] public required DayOfWeek Day { get; init; }
            [Jsonb(typeof(Json))] public List<string>? Tags { get; set; }
            [Version] public int Version { get; init; }
            [CreatedAt] public DateTimeOffset Created { get; init; }
            [UpdatedAt] public DateTimeOffset Updated { get; init; }
            [SoftDelete] public DateTime? Deleted { get; init; }
            [NotMapped] public object? Tag => null;
        }

        [Supabase(Set = "People")] public partial class User : Row { }
        public abstract class Row { [Key] public Guid Id { get; set; } }
        [System.Text.Json.Serialization.JsonSerializable(typeof(List<string>))] partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
        [DualDatabase] public partial class Db;
        """;

    public const string EveryType = """
        namespace Shop;

        using System.Collections.Immutable;
        using System.Net;
        using System.Numerics;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using NpgsqlTypes;

        public enum Status { New, Paid, Sent }

        [StoredAsText]
        public enum Country { France, Japan }

        public sealed record Address(string Street, string City);

        [JsonSerializable(typeof(Address))]
        [JsonSerializable(typeof(List<Address>))]
        internal sealed partial class ShopJson : JsonSerializerContext;

        [Neon("everything", Schema = "shop")]
        public sealed partial class Everything
        {
            [Key(Generated = true)] public long Id { get; private init; }
            public bool Bool { get; set; }
            public byte Byte { get; set; }
            public sbyte SByte { get; set; }
            public short Int16 { get; set; }
            public ushort UInt16 { get; set; }
            public int Int32 { get; set; }
            public uint UInt32 { get; set; }
            public long? Int64 { get; set; }
            public ulong UInt64 { get; set; }
            public float Single { get; set; }
            public double Double { get; set; }
            [Column(Type = "numeric(12,2)")] public decimal Decimal { get; set; }
            public char Char { get; set; }
            public required string Text { get; init; }
            [Unique] public string? Nickname { get; set; }
            public Guid Guid { get; set; }
            public byte[] Bytes { get; set; } = [];
            public DateTime DateTime { get; set; }
            public DateTimeOffset? DateTimeOffset { get; set; }
            public DateOnly Date { get; set; }
            public TimeOnly Time { get; set; }
            public TimeSpan Span { get; set; }
            public IPAddress? Ip { get; set; }
            public IPNetwork Network { get; set; }
            public BigInteger Big { get; set; }
            public NpgsqlRange<int> Range { get; set; }
            public NpgsqlRange<DateOnly>? Dates { get; set; }
            public string[] Tags { get; set; } = [];
            public List<int?> Numbers { get; set; } = [];
            public IReadOnlyList<Guid> Guids { get; set; } = [];
            public ImmutableArray<Status> States { get; set; } = [];
            [Index(Name = "ix_state")] public Status Status { get; set; }
            [StoredAsText, Index(Name = "ix_state")] public Status Shown { get; set; }
            public Country? Country { get; set; }
            public JsonDocument? Document { get; set; }
            public JsonElement Element { get; set; }
            [Jsonb] public string Raw { get; set; } = "{}";
            [Jsonb(typeof(ShopJson))] public Address? Address { get; set; }
            [Jsonb(typeof(ShopJson)), Column(Type = "json")] public List<Address> Addresses { get; set; } = [];
            [Version] public int Version { get; set; }
            [CreatedAt] public DateTimeOffset CreatedAt { get; set; }
            [UpdatedAt] public DateTimeOffset UpdatedAt { get; set; }
            [SoftDelete] public DateTimeOffset? DeletedAt { get; set; }
            [References<Profile>] public Guid UserId { get; set; }
            [References<Everything>] public long? ParentId { get; set; }
            [NotMapped] public object? Anything { get; set; }
            public string Shout => Text.ToUpperInvariant();
        }

        [Supabase]
        public sealed partial record Profile([Key(Generated = true)] Guid Id, [property: Unique] string Email, [Column("display_name")] string Name);

        [Supabase]
        public sealed partial record Grade([Key(Order = 1)] Guid UserId, [Key] int Course, decimal Mark);

        [DualDatabase]
        public sealed partial class ShopDb
        {
            public string Greeting => "Hello";
        }
        """;
}
