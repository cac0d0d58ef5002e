#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>A table that is nothing but its key.</summary>
[Stored(Set = Names.Prefix + "KeyOnlies")]
public sealed partial record KeyOnly([Key] string Name);

/// <summary>A table that is nothing but a key the database makes.</summary>
[Stored(Set = Names.Prefix + "Tickets")]
public sealed partial record Ticket([Key(Generated = true)] long Id);

public sealed class KeyOnlyShape : Shape<KeyOnly, string, Transaction>
{
    public override Type RepositoryType => typeof(IKeyOnlyRepository);

    public override KeyOnly Make(int number) => new(Samples.DistinctText(number));

    public override KeyOnly Change(KeyOnly row, int number) => row;

    public override string KeyOf(KeyOnly row) => row.Name;
}

public sealed class TicketShape : Shape<Ticket, long, Transaction>
{
    public override Type RepositoryType => typeof(ITicketRepository);

    public override Ticket Make(int number) => new(0);

    public override Ticket MakeWithKey(int number) => new(1_000_000 + number);

    public override Ticket Change(Ticket row, int number) => row;

    public override long KeyOf(Ticket row) => row.Id;
}
