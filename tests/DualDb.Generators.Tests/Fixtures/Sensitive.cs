// What operators are not shown: of entities, events and sagas, and of the text of records.

using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using DualDb;
using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;

namespace Guarded;

[Sensitive]
public readonly partial record struct Iban(string Value);

public sealed partial record Address([Sensitive] string Street, string City, Address? Former = null);

public partial record Person(string Name)
{
    [Sensitive] public string? Email { get; init; }
}

public sealed partial record Employee(string Name, [property: Sensitive] decimal Salary) : Person(Name);

[DomainEvent("customer.joined")]
public sealed partial record CustomerJoined(long Id, Employee Contact, IReadOnlyList<Address> Addresses, Dictionary<string, Address> Named, Iban? Account, [Sensitive] IReadOnlyList<string> Notes);

[DomainEvent("customer.left")]
public sealed partial record CustomerLeft(long Id);

[Neon("members"), Sync]
public sealed partial record Member
{
    [Key, Sensitive] public required string Email { get; init; }

    [Sensitive] public string? Phone { get; init; }

    public required string City { get; init; }
}

[Saga("open-account")]
public sealed partial class OpenAccountSaga
{
    [Step(1)]
    public Task<Employee> Check(CustomerJoined input, CancellationToken ct) => Task.FromResult(input.Contact);

    [Step(2)]
    public Task<int> Count(CancellationToken ct) => Task.FromResult(1);
}

[DualDatabase]
public partial class GuardedDb;
