// Names that are keywords, names of the framework, and names that PostgreSQL must be told about in quotes.

using DualDb;

namespace @namespace.@class
{
    public class String;

    public class System;

    public class Task;

    public class Npgsql;

    [Neon("Order", Set = "events")]
    public partial class @event
    {
        [Key]
        public int @class { get; set; }

        [Unique]
        public global::System.String @string { get; set; } = "";

        [Column("a\"b\"\"")]
        public int? Quoted { get; set; }

        public int user { get; set; }

        public int n { get; set; }

        public new int ToString { get; set; }

        public int eventColumns { get; set; }

        public int eventMap { get; set; }
    }
}

namespace DualDb.Extensions
{
#pragma warning disable CS8860 // The name is what is tested.
    [Supabase]
    public partial record record
    {
        [Key]
        public int Id { get; init; }

        [References<record>]
        public int? cancellationToken { get; init; }

        public int[] n { get; init; } = [];

        public int[] n_from { get; init; } = [];
    }

    namespace Microsoft
    {
        [Supabase("inner", Set = "Inner")]
        public partial record Record
        {
            [Key]
            public int Id { get; init; }
        }
    }
}
