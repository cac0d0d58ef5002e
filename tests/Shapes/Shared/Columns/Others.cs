using System.Net;

#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Identifiers, bytes and addresses.</summary>
[Stored(Set = Names.Prefix + "Others")]
public sealed partial record Others
{
    [Key] public required int Id { get; init; }

    public Guid Guid { get; init; }

    public Guid? MaybeGuid { get; init; }

    public required byte[] Bytes { get; init; }

    public byte[]? MaybeBytes { get; init; }

    public required IPAddress Address { get; init; }

    public IPAddress? MaybeAddress { get; init; }

    public IPNetwork Network { get; init; }

    public IPNetwork? MaybeNetwork { get; init; }
}

public sealed class OthersShape : Shape<Others, int, Transaction>
{
    public override Type RepositoryType => typeof(IOthersRepository);

    public override Others Make(int number) => new()
    {
        Id = number + 1,
        Guid = number == 0 ? Guid.Empty : Samples.Id(number),
        MaybeGuid = Samples.OrNull(number, Guid.AllBitsSet),
        Bytes = Samples.Bytes(number),
        MaybeBytes = Samples.OrNothing(number, Samples.Bytes(number + 1)),
        Address = Samples.Address(number),
        MaybeAddress = Samples.OrNothing(number + 1, Samples.Address(number + 1)),
        Network = Samples.Network(number),
        MaybeNetwork = Samples.OrNull(number + 2, Samples.Network(number + 1)),
    };

    public override Others Change(Others row, int number) => Make(number) with { Id = row.Id };

    public override int KeyOf(Others row) => row.Id;
}
