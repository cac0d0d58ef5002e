// Every way to declare an entity.

using System;
using System.Diagnostics.CodeAnalysis;
using DualDb;

namespace Declarations
{
    /// <summary>A base class whose members become columns before those of the entity.</summary>
    public abstract class Entity<TKey>
    {
        [Key]
        public TKey Id { get; protected set; } = default!;

        public virtual string Label { get; set; } = "";

        [CreatedAt]
        public DateTimeOffset CreatedAt { get; init; }
    }

    [Neon]
    public partial class Derived : Entity<Guid>
    {
        public override string Label { get; set; } = "";

        public string? Own { get; set; }

        public int Computed => Label.Length;

        public static int Shared { get; set; }

        public int this[int index] => index;

        [NotMapped]
        public object? Anything { get; set; }

        protected string Hidden { get; set; } = "";

        [Column]
        internal string? Inner { get; set; }
    }

    [Neon]
    public sealed partial record Positional([property: Key] long Id, [Column("label")] string Name, [NotMapped] int Ignored = 3)
    {
        public string? Extra { get; init; }
    }

    [Neon]
    public sealed partial record AnnotatedParameters([Key] long Id, [Unique] string Name, DateTimeOffset? At);

    [Supabase]
    public partial class PrimaryConstructor(int id, string? name)
    {
        [Key]
        public int Id { get; } = id;

        public string? Name => name;
    }

    [Supabase]
    public partial class Private
    {
        private Private(long id)
        {
            Id = id;
        }

        [Key]
        public long Id { get; }

        [Column]
        private string Secret { get; set; } = "";

        [Column]
        protected int? Protected { get; private init; }

        public string Name { get; private set; } = "";

        public static Private Of(long id, string name, string secret, int? number) => new(id) { Name = name, Secret = secret, Protected = number };
    }

    [Neon]
    public partial class RequiredTwice
    {
        public RequiredTwice(string name) => Name = name;

        [Key]
        public int Id { get; init; }

        public required string Name { get; init; }
    }

    [Neon]
    public partial class RequiredOnce
    {
        [SetsRequiredMembers]
        public RequiredOnce(int id, string name) => (Id, Name) = (id, name);

        [Key]
        public int Id { get; }

        public required string Name { get; init; }
    }

    [Neon]
    internal partial class Internal
    {
        [Key]
        public int Id { get; set; }

        public InternalState State { get; set; }
    }

    internal enum InternalState
    {
        Off,
        On,
    }

    [Neon]
    public partial class WithInternalMember
    {
        [Key]
        public int Id { get; set; }

        [Column]
        internal InternalState State { get; set; }
    }

    public static partial class Outer
    {
        public partial record struct Middle
        {
            [Neon]
            public partial class Nested
            {
                [Key(Generated = true)]
                public short Id { get; set; }

                [References<Derived>]
                public Guid? DerivedId { get; set; }
            }

            [Neon]
            internal partial class NestedInternal
            {
                [Key]
                public int Id { get; set; }

                [Column]
                private string? Secret { get; set; }
            }
        }
    }

    [Obsolete("Still mapped.")]
    [Neon]
    public partial class Old
    {
        [Key]
        public int Id { get; set; }

        [Obsolete]
        public int Legacy { get; set; }
    }
}
