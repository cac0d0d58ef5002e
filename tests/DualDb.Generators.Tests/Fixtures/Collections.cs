// Arrays and lists in one column.

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using DualDb;

namespace Collections;

[Neon]
public sealed partial class Collection
{
    [Key]
    public long Id { get; init; }

    public required int[] Ints { get; init; }

    public int[]? OptionalInts { get; init; }

    public int?[] SparseInts { get; init; } = [];

    public List<Guid> Guids { get; init; } = [];

    public List<Guid?>? SparseGuids { get; init; }

    public IReadOnlyList<string> Strings { get; init; } = [];

    public string?[] SparseStrings { get; init; } = [];

    public ImmutableArray<long> Immutable { get; init; } = [];

    public ImmutableArray<string?>? SparseImmutable { get; init; }

    public List<byte> Octets { get; init; } = [];

    public ulong?[] Unsigned { get; init; } = [];

    public byte[][] Blobs { get; init; } = [];

    public byte[]?[] SparseBlobs { get; init; } = [];

    public DayOfWeek[] Days { get; init; } = [];

    public List<DayOfWeek?> SparseDays { get; init; } = [];

    [StoredAsText]
    public ImmutableArray<DayOfWeek> Names { get; init; } = [];

    [StoredAsText]
    public DayOfWeek?[]? SparseNames { get; init; }

    public IReadOnlyList<DateTimeOffset> Times { get; init; } = [];

    public DateTime?[] SparseTimes { get; init; } = [];

    public IPAddress[] Addresses { get; init; } = [];

    public IPAddress?[] SparseAddresses { get; init; } = [];

    public JsonElement[] Elements { get; init; } = [];

    public char[] Letters { get; init; } = [];

    [Column(Type = "smallint[]")]
    public int[] Narrow { get; init; } = [];
}
