package io.metachat.local.demo;

import io.metachat.local.demo.Persona.Page;
import java.time.LocalDate;
import java.util.List;

/**
 * The people of the demo. Mara and Tomas share interests and mood, Ines grieves, and Jun wavers between fear and hope.
 */
final class Cast {

    private static final Persona MARA = new Persona(
            "mara",
            "Mara",
            LocalDate.of(1991, 4, 12),
            List.of(
                    new Page(
                            "Rowing before work",
                            "Up at five, and the lake was like glass. I love these mornings. Nobody there but a heron "
                                    + "and me, and I laughed out loud when it stole a fish right beside the boat. I came "
                                    + "to the office happy, with wet hair and no regrets.",
                            List.of("rowing", "lake")),
                    new Page(
                            "The club wants me",
                            "They asked whether I would teach the beginners this summer. Me! I am so grateful, and a "
                                    + "little proud. I cannot wait to see their faces when the boat glides for the first "
                                    + "time.",
                            List.of("rowing", "teaching")),
                    new Page(
                            "Rain on the ridge",
                            "We walked the ridge in the rain, all six of us, and got lost twice. Wonderful day. "
                                    + "Afterwards soup in the hut, and songs that nobody knew the words of. I adore "
                                    + "these friends.",
                            List.of("hiking", "friends")),
                    new Page(
                            "A quarrel on the phone",
                            "My sister said I never listen. I was angry all evening, because she is wrong, and "
                                    + "angrier because she is a little bit right. I hate how we part.",
                            List.of("family"))));

    private static final Persona TOMAS = new Persona(
            "tomas",
            "Tomas",
            LocalDate.of(1988, 9, 3),
            List.of(
                    new Page(
                            "Kayak at dawn",
                            "Paddled along the shore while the sun came up over the lake. What a beautiful morning! "
                                    + "I was so happy that I sang, badly, and two ducks complained. Rowing and paddling "
                                    + "with friends is the best part of my week.",
                            List.of("kayak", "lake")),
                    new Page(
                            "First lesson",
                            "Taught my neighbour's kids to steer the boat. They shrieked with joy when it turned for "
                                    + "them. I am proud of them, thankful for their trust, and looking forward to next "
                                    + "Saturday.",
                            List.of("teaching", "lake")),
                    new Page(
                            "Hut evening",
                            "Hiked up to the hut with the old gang. Rain, soup, cards, laughter until midnight. I "
                                    + "love these people. Nothing hurts but the knees.",
                            List.of("hiking", "friends")),
                    new Page(
                            "Parking ticket",
                            "A ticket, again, for three minutes! I was furious, I called them, they put me on hold "
                                    + "for half an hour. It is ridiculous and it makes me so angry.",
                            List.of("city"))));

    private static final Persona INES = new Persona(
            "ines",
            "Ines",
            LocalDate.of(1979, 1, 27),
            List.of(
                    new Page(
                            "The empty chair",
                            "I set the table for two again, out of habit, and then sat there and cried. I miss him so "
                                    + "much. The house is so quiet that I hear the clock in the next room.",
                            List.of("grief")),
                    new Page(
                            "His letters",
                            "I found the letters from the year he was at sea. I read three and could not go on. I am "
                                    + "so sad and so lonely tonight, and sorry for every evening I was too tired to talk.",
                            List.of("grief", "letters")),
                    new Page(
                            "The insurance",
                            "They sent the form back because of a missing stamp. A stamp! Disgusting, heartless "
                                    + "people. I was shaking with anger and then I just wept.",
                            List.of("paperwork")),
                    new Page(
                            "Soup from next door",
                            "The neighbour brought soup and did not ask anything. We sat together. I am grateful; "
                                    + "for an hour it hurt less.",
                            List.of("neighbours"))));

    private static final Persona JUN = new Persona(
            "jun",
            "Jun",
            LocalDate.of(1998, 11, 19),
            List.of(
                    new Page(
                            "Three days until the exam",
                            "I am terrified. I open the book and the words swim. What if I fail, what if they "
                                    + "laugh? My heart races and I am afraid to even sleep.",
                            List.of("exam")),
                    new Page(
                            "A message from Berlin",
                            "Wow, they answered! I really did not expect that. They want to see my project. I am "
                                    + "amazed and nervous, and curious what they will ask.",
                            List.of("work")),
                    new Page(
                            "Night train",
                            "Scared of the interview, and still hopeful. I keep imagining the new city, the small "
                                    + "room, the first day. I hope so much that it works out.",
                            List.of("travel", "work")),
                    new Page(
                            "Spider in the shower",
                            "There was a huge spider in the shower. Gross. I screamed, then I was disgusted by the "
                                    + "state of that bathroom, and moved out of the hostel.",
                            List.of("travel"))));

    private Cast() {}

    static List<Persona> all() {
        return List.of(MARA, TOMAS, INES, JUN);
    }
}
